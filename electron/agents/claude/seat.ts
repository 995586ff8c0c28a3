/**
 * One running Claude Code. Rules: facts come from its hooks, its status file and its transcript; messages go in
 * through its mailbox hooks; the only key ever written into its terminal is Esc, and only while it is busy with no
 * dialog open.
 */
import { access } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { allow } from '../../../shared/agent/claude-requests'
import { type ClaudeSignal, parseHook } from '../../../shared/agent/claude-signals'
import type { ClaudeStatus } from '../../../shared/agent/claude-turns'
import { VIA_RECORD } from '../../../shared/agent/event'
import { asTurnId, type DeliveryId } from '../../../shared/ids'
import { ok, type Result } from '../../../shared/result'
import type { Pty, PtyExit } from '../../pty/pty'
import type { DeliverError, Message, Seat, SeatContext } from '../agent'
import { notNow, notSent } from '../delivered'
import { type Handler, sendJson } from '../mcp/loopback'
import { noteRead } from '../noted-session'
import { descendantsOf, endAll } from './descendants'
import { createMailbox } from './mailbox'
import { createMessages } from './messages'
import { createRequests } from './requests'
import { followSession, heardIn } from './session'
import { createTurns } from './turns'

/**
 * A waiter is armed again within a second of any hook; while a dialog is up there is always one parked. Shorter than the
 * time in which a message must be taken, so that the human is told this reason and not that one.
 */
const HANDOVER_MS = 25_000
/** A dialog with a hook has told of itself long before. */
const DIALOG_MS = 1_500
/** The CLI reports its session within three seconds of its start, unless a dialog is in the way. */
const READY_MS = 10_000
/** How long a turn that has begun may take to be shown as busy, and how often to look. */
const BUSY_MS = 2_000
const BUSY_LOOK_MS = 20
/**
 * A message that is handed over stands in the CLI's queue, and one that has left it in its transcript, within 0.3 s; on
 * a busy machine it takes seconds. To answer too soon would have it sent twice.
 */
const QUEUE_MS = 10_000
const QUEUE_LOOK_MS = 100
/** The CLI ends its session on SIGTERM in well under a second. */
const END_MS = 5_000

export interface SeatParts {
  readonly context: SeatContext
  readonly version: string
  readonly newId: () => string
  readonly now: () => number
  /** The session that is resumed has read the opening already. */
  readonly opened: boolean
}

/** The seat before its process runs: what the server's routes need. */
export interface ClaudeDesk {
  readonly onHook: Handler
  readonly onMailbox: Handler
  readonly onClaim: Handler
  /** Takes the started process; `closeServer` is called when it is gone. */
  readonly attach: (pty: Pty, closeServer: () => Promise<void>) => Seat
}

const parseBody = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

export const createDesk = ({ context, version, newId, now, opened }: SeatParts): ClaudeDesk => {
  const { emit, log } = context
  const mailbox = createMailbox()
  const messages = createMessages(emit)
  const requests = createRequests({ emit, newId, now })
  let session: ReturnType<typeof followSession> | null = null
  let status: ClaudeStatus = 'unknown'
  let stopping = false
  const turns = createTurns(emit, async () => {
    await session?.refresh()
  })
  const newTurn = () => asTurnId(newId())

  const { opening } = context
  let untold = opened
  const tellOpened = (): void => {
    if (untold && opening) emit({ type: 'messageTaken', id: opening.id, via: VIA_RECORD })
    untold = false
  }

  /** Some dialogs fire no hook: the human must hear of them, and answer them in the terminal. */
  const tellOfDialog = (): void => {
    const look = (): void => {
      if (status !== 'waiting' || requests.isOpen()) return
      emit({ type: 'notice', text: 'Claude Code waits for an answer in its terminal.' })
    }
    setTimeout(look, DIALOG_MS).unref()
  }

  const onStatus = (next: ClaudeStatus, since: number): void => {
    if (status === 'waiting' && next !== 'waiting') requests.settledInTerminal(since)
    if (status !== 'waiting' && next === 'waiting') tellOfDialog()
    status = next
    turns.put({ type: 'status', status: next })
  }

  const onSignal = (signal: ClaudeSignal, response: ServerResponse): void => {
    switch (signal.type) {
      case 'sessionStarted': {
        session?.attach(signal.transcript)
        const model = signal.model === undefined ? {} : { model: signal.model }
        emit({ type: 'ready', session: signal.session, version, ...model })
        tellOpened()
        break
      }
      case 'prompted': {
        // No receipt yet: the CLI writes the prompt down some 150 ms later, and one killed before that has lost it.
        const delivery = messages.causeOf(signal.text)
        turns.put({ type: 'prompted', promptId: signal.promptId, delivery, turn: newTurn() })
        break
      }
      case 'permissionAsked': {
        if (!signal.subAgent) turns.put({ type: 'active', promptId: signal.promptId, turn: newTurn() })
        if (signal.tool.startsWith('mcp__pair__')) sendJson(response, 200, allow)
        else requests.hold(signal, response)
        return
      }
      case 'toolsDone':
        requests.settledInTerminal(now())
        turns.put({ type: 'active', promptId: signal.promptId, turn: newTurn() })
        break
      case 'stopped':
      case 'failed':
        requests.settledInTerminal(now())
        turns.put({ ...signal, turn: newTurn() })
        break
      case 'nothing':
        break
    }
    sendJson(response, 200, {})
  }

  const onHook: Handler = (body, _request, response) => {
    context.heard?.('used a tool or began a step')
    const signal = parseHook(parseBody(body))
    if (!signal) {
      log('a hook that is not understood was ignored')
      sendJson(response, 200, {})
    } else if (stopping) {
      // The end of its background tasks would wake the agent once more, and it would begin new ones.
      const reply = { decision: 'block', reason: 'Duologue is stopping this session.' }
      sendJson(response, 200, signal.type === 'prompted' ? reply : {})
    } else {
      onSignal(signal, response)
    }
  }

  const hand = async (message: Message): Promise<Result<void, DeliverError>> => {
    messages.expect(message.id)
    const handed = await mailbox.push(message.text, HANDOVER_MS)
    if (handed.ok) return handed
    messages.forget(message.id)
    return notSent(handed.error)
  }

  /** The status file follows the hooks by some 80 ms; Esc is for a busy CLI only. */
  const whenBusy = async (): Promise<boolean> => {
    const until = now() + BUSY_MS
    while (turns.state().phase.type === 'working' && status !== 'busy' && status !== 'waiting') {
      if (now() > until) return false
      await delay(BUSY_LOOK_MS)
      await session?.refresh()
    }
    return status === 'busy' && turns.state().phase.type === 'working'
  }

  /** One that waits in the CLI's queue will be read, unless the CLI ends: the answer comes when that is known. */
  const took = async (id: DeliveryId): Promise<boolean> => {
    let until = now() + QUEUE_MS
    while (messages.stateOf(id) === 'open' && now() < until) {
      await session?.refresh()
      if (session?.isQueued(id)) until = now() + QUEUE_MS
      await delay(QUEUE_LOOK_MS)
    }
    if (messages.stateOf(id) === 'taken') return true
    const transcript = session?.transcript()
    return transcript ? (await heardIn(transcript, log)).read.has(id) : false
  }

  const interrupt = async (pty: Pty): Promise<Result<void, DeliverError>> => {
    if (requests.interrupt()) return ok(undefined)
    const busy = await whenBusy()
    if (requests.interrupt()) return ok(undefined)
    if (status === 'waiting') return notNow('a dialog is open in the terminal')
    if (!busy) return notNow('no turn is running')
    const { phase } = turns.state()
    if (phase.type === 'working') turns.put({ type: 'interrupted', promptId: phase.promptId })
    pty.write('\x1b')
    return ok(undefined)
  }

  const onExit = async (exit: PtyExit, closeServer: () => Promise<void>): Promise<void> => {
    status = 'unknown'
    mailbox.close()
    requests.close()
    await session?.refresh()
    session?.stop()
    messages.lost('Claude Code has ended')
    turns.put({ type: 'exited', expected: stopping })
    turns.stop()
    const transcript = session?.transcript()
    const resumable = transcript ? await exists(transcript) : false
    await closeServer()
    emit({ type: 'exited', code: exit.code, signal: exit.signal, resumable })
  }

  const attach = (pty: Pty, closeServer: () => Promise<void>): Seat => {
    session = followSession(pty.pid, {
      onStatus,
      log,
      onPrompt: text => {
        noteRead(context)
        messages.taken(text, 'transcript')
      },
      onInterrupted: promptId => turns.put({ type: 'interrupted', promptId }),
      onSaid: text => {
        const turn = turns.current()
        if (turn) emit({ type: 'said', turn, text })
      },
      onUsage: usage => emit({ type: 'usage', usage }),
      onLimit: resetsAt => emit({ type: 'limit', resetsAt }),
    })
    const late = setTimeout(() => {
      if (session?.transcript()) return
      const text =
        'Claude Code has not started its session: a dialog is probably open. Answer it in its terminal.'
      emit({ type: 'notice', text })
    }, READY_MS)
    let exited = false
    const gone = new Promise<void>(resolve => {
      pty.onExit(exit => {
        exited = true
        clearTimeout(late)
        onExit(exit, closeServer).then(resolve, (error: unknown) => {
          log(`while ending: ${String(error)}`)
          resolve()
        })
      })
    })
    if (opening && !opened) messages.expect(opening.id)

    const stop = async (): Promise<void> => {
      stopping = true
      mailbox.close()
      const children = exited ? [] : await descendantsOf(pty.pid)
      pty.kill('SIGTERM')
      const limit = setTimeout(() => pty.kill('SIGKILL'), END_MS)
      await gone
      clearTimeout(limit)
      await endAll(children, log)
    }
    return {
      deliver: hand,
      steer: message => {
        if (turns.state().phase.type !== 'idle') return hand(message)
        return Promise.resolve(notNow('no turn is running'))
      },
      interrupt: () => interrupt(pty),
      answer: (id, answer) => Promise.resolve(requests.answer(id, answer)),
      took,
      stop,
    }
  }

  return {
    onHook,
    onMailbox: (_body, _request, response) => mailbox.park(response),
    onClaim: (number, _request, response) => {
      response.writeHead(mailbox.claim(number) ? 204 : 410)
      response.end()
    },
    attach,
  }
}
