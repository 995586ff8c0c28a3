/** Kills what a trial wants killed, by its command line among what the host has started. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Program } from './models'
import type { Plan, Victim } from './plan'
import type { TrialRoom } from './room'

const TUIS: Readonly<Record<Program, RegExp>> = {
  claude: /\/claude .*--settings/,
  codex: /\/codex resume /,
  opencode: /\/opencode attach /,
}
/** A program is started within this, also on a busy machine. */
const START_LOOKS = 600
const START_LOOK_MS = 50

export interface Strike {
  readonly struck: boolean
  readonly recovered: Promise<unknown>
}

/** Kills what is to be killed; `recovered` resolves when the relay knows of it and has both programs up again. */
export const strike = async (room: TrialRoom, plan: Plan): Promise<Strike> => {
  const { to, victim } = plan
  if (victim === 'nothing') return { struck: false, recovered: Promise.resolve() }
  const host = room.host()
  const before = room.events().length
  const marks: Readonly<Record<Exclude<Victim, 'nothing'>, RegExp>> = {
    tui: TUIS[to],
    waiter: plan.after % 2 === 0 ? /mailbox\.sh/ : /^curl .*mailbox/,
    server: to === 'codex' ? /^\S*\/codex app-server/ : /^\S*\/opencode serve /,
    host: /^$/,
    power: /./,
  }
  const isHost = victim === 'host' || victim === 'power'
  const find = async () => (await host.programs()).filter(({ command }) => marks[victim].test(command))
  let hit = await find()
  // A program that is being started is hit as soon as it is there.
  for (let tries = 0; plan.way === 'starting' && !isHost && hit.length === 0; tries += 1) {
    if (tries === START_LOOKS) break
    await wait(START_LOOK_MS)
    hit = await find()
  }
  if (isHost) host.kill()
  for (const { pid } of hit) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself meanwhile.
    }
  }
  if (isHost) {
    const reopened = () =>
      room
        .events()
        .slice(before)
        .some(({ type }) => type === 'pairReopened')
    return { struck: true, recovered: room.until('the pair again', () => reopened() && isUp(room)) }
  }
  // Between two waits there is none, and a program may have ended by itself: the trial says that nothing was hit.
  if (hit.length === 0) return { struck: false, recovered: Promise.resolve() }
  if (victim === 'tui') {
    const exited = () =>
      room
        .events()
        .slice(before)
        .some(event => event.type === 'seatExited' || event.type === 'seatFailed')
    return { struck: true, recovered: room.until('the program again', () => exited() && isUp(room)) }
  }
  return { struck: true, recovered: Promise.resolve() }
}

const isUp = (room: TrialRoom): boolean => {
  const { left, right } = room.state().seats
  return [left, right].every(({ status }) => status.type === 'idle' || status.type === 'working')
}
