/** Runs the pure turn machine: keeps its state, emits its events, and waits for the rest that it asks for. */
import { noTurn, settles, stepTurn, type TurnInput, type TurnState } from '../../../shared/agent/claude-turns'
import type { AgentEvent } from '../../../shared/agent/event'
import type { TurnId } from '../../../shared/ids'

export interface Turns {
  put(input: TurnInput): void
  state(): TurnState
  /** The running turn, or the last one: text that is read late belongs to it. */
  current(): TurnId | null
  stop(): void
}

/** `look` reads the agent's files again before a turn is called ended. */
export const createTurns = (emit: (event: AgentEvent) => void, look: () => Promise<void>): Turns => {
  let state: TurnState = noTurn
  let current: TurnId | null = null
  let timer: NodeJS.Timeout | null = null
  let stopped = false

  const arm = (): void => {
    if (timer) clearTimeout(timer)
    timer = null
    const rest = settles(state)
    if (rest === null || stopped) return
    const resting = state
    const settle = async (): Promise<void> => {
      await look()
      if (state === resting && !stopped) put({ type: 'settled' })
    }
    timer = setTimeout(() => void settle(), rest)
  }

  const put = (input: TurnInput): void => {
    const step = stepTurn(state, input)
    if (step.state === state && step.events.length === 0) return
    state = step.state
    if (state.phase.type !== 'idle') current = state.phase.turn
    arm()
    for (const event of step.events) emit(event)
  }

  const stop = (): void => {
    stopped = true
    if (timer) clearTimeout(timer)
  }

  return { put, state: () => state, current: () => current, stop }
}
