/** A running practice agent: what it says becomes events, what is asked of it becomes lines. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type AgentRequest, type Answer, VIA_RECORD } from '../../../shared/agent/event'
import {
  type FromPractice,
  parsePracticeRecord,
  practiceRecordName,
  type ToPractice,
} from '../../../shared/agent/practice'
import type { DeliveryId, RequestId, TurnId } from '../../../shared/ids'
import { err, ok, type Result } from '../../../shared/result'
import type { Pty, PtyExit } from '../../pty/pty'
import { after } from '../after'
import type { DeliverError, LaunchError, Message, Seat, SeatContext } from '../agent'
import { notNow, notSent } from '../delivered'
import type { ChannelDeps, PracticeChannel } from './channel'

/** Milliseconds for each way of ending the program. */
const STOP_WAIT = 1_500

export interface PracticeSeat {
  readonly hooks: Pick<ChannelDeps, 'onHello' | 'onMessage'>
  /** Waits for hello; a program that does not say it is ended. */
  begin(pty: Pty, channel: PracticeChannel, helloWait: number): Promise<Result<Seat, LaunchError>>
}

export function createPracticeSeat(deps: {
  readonly context: SeatContext
  readonly session: string
  readonly version: string
}): PracticeSeat {
  const { context, session, version } = deps
  const { emit } = context
  const requests = new Map<RequestId, AgentRequest['type']>()
  const handed = new Set<DeliveryId>()
  let turn: TurnId | null = null
  let channel: PracticeChannel | null = null
  let greet = () => {}

  const send = (message: ToPractice): Result<void, DeliverError> =>
    channel?.send(message) === true ? ok(undefined) : notSent('the practice agent is not connected')

  const onMessage = (message: Exclude<FromPractice, { type: 'hello' }>): void => {
    if (message.type === 'toolCall') {
      void answerCall(message)
      return
    }
    if (message.type === 'turnStarted') turn = message.turn
    if (message.type === 'turnEnded') turn = null
    if (message.type === 'requestOpened') requests.set(message.request.id, message.request.type)
    if (message.type === 'requestClosed') requests.delete(message.id)
    emit(message.type === 'messageTaken' ? { ...message, via: 'practice' } : message)
  }

  const answerCall = async ({ call, name, args }: Extract<FromPractice, { type: 'toolCall' }>) => {
    const reply = await context.callTool(name, args)
    const sent = send({ type: 'toolReply', call, ok: reply.ok, text: reply.text })
    if (!sent.ok) context.log('practice: a tool reply came after the program had gone')
  }

  /**
   * Only what is certain: a turn that was running is lost with the program, and whether a message was taken
   * stands in its record, where `took` looks.
   */
  const onExit = (exit: PtyExit) => {
    turn = null
    for (const id of requests.keys())
      emit({ type: 'requestClosed', id, by: 'agent', summary: 'the agent is gone' })
    requests.clear()
    emit({ type: 'exited', code: exit.code, signal: exit.signal, resumable: true })
  }

  /** A program that lives has what it was handed, and reads it in its turn: it is not handed over once more. */
  const hand = (type: 'deliver' | 'steer', message: Message): Result<void, DeliverError> => {
    if (handed.has(message.id)) return ok(undefined)
    const sent = send({ type, id: message.id, text: message.text, summary: message.summary })
    if (sent.ok) handed.add(message.id)
    return sent
  }

  const answer = (id: RequestId, given: Answer): Result<void, DeliverError> => {
    const type = requests.get(id)
    if (type === undefined) return notNow('this was answered already')
    if (type !== given.type) return notNow(`this is no ${given.type}`)
    return send({ type: 'answer', id, answer: given })
  }

  const took = async (id: DeliveryId): Promise<boolean> => {
    const content = await readFile(join(context.dir, practiceRecordName(session)), 'utf8').catch(() => '')
    return parsePracticeRecord(content).some(line => line.type === 'taken' && line.id === id)
  }

  return {
    hooks: { onHello: () => greet(), onMessage },
    async begin(pty, opened, helloWait) {
      channel = opened
      const exited = new Promise<PtyExit>(resolve => pty.onExit(resolve))
      // A closed channel is the program's word to go, with all that it started; signals are for one that cannot.
      const stop = async () => {
        await opened.close()
        for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
          if (await within(exited, STOP_WAIT)) return
          pty.kill(signal)
        }
        await within(exited, STOP_WAIT)
      }
      const hello = new Promise<void>(resolve => {
        greet = resolve
      })
      const first = await Promise.race([hello.then(() => 'hello' as const), exited, after(helloWait)])
      if (first !== 'hello') {
        await stop()
        const why = first === null ? 'did not answer in time' : `ended at once with code ${first.code}`
        return err({ cause: 'failed', message: `The practice agent ${why}.` })
      }
      void exited.then(exit => {
        onExit(exit)
        return opened.close()
      })
      emit({ type: 'ready', session, version })
      const { opening } = context
      if (opening && (await took(opening.id))) emit({ type: 'messageTaken', id: opening.id, via: VIA_RECORD })
      else if (opening) hand('deliver', opening)
      return ok({
        deliver: message => Promise.resolve(hand('deliver', message)),
        steer: message =>
          Promise.resolve(turn === null ? notNow('no turn is running') : hand('steer', message)),
        interrupt: () =>
          Promise.resolve(turn === null ? notNow('no turn is running') : send({ type: 'interrupt' })),
        answer: (id, given) => Promise.resolve(answer(id, given)),
        took,
        stop,
      })
    },
  }
}

const within = (promise: Promise<unknown>, milliseconds: number): Promise<boolean> =>
  Promise.race([promise.then(() => true), after(milliseconds).then(() => false)])
