/** Questions and approvals that wait for an answer: the first one wins, wherever it is given. */
import type { AgentRequest, Answer } from '../../shared/agent/event'
import type { FromPractice } from '../../shared/agent/practice'
import type { RequestId } from '../../shared/ids'
import type { Entry } from './entry'
import type { Screen } from './screen'

export interface Asking {
  /** Never settles when the request is withdrawn: then its turn is over. */
  ask(request: AgentRequest): Promise<Answer>
  /** Too late for a request that is settled already: nothing happens. */
  answer(id: RequestId, answer: Answer, by: 'inbox' | 'terminal'): void
  withdrawAll(): void
}

export function createAsking(deps: {
  readonly screen: Screen
  readonly show: (entry: Entry) => void
  readonly send: (message: FromPractice) => boolean
}): Asking {
  const { screen, show, send } = deps
  const open = new Map<RequestId, (answer: Answer) => void>()
  const close = (id: RequestId, by: 'inbox' | 'terminal' | 'agent', summary: string) => {
    open.delete(id)
    screen.close(id)
    send({ type: 'requestClosed', id, by, summary })
    const where = { inbox: 'Answered in Duologue', terminal: 'Answered here', agent: 'Closed' }[by]
    show({ kind: 'note', title: '', text: `${where}: ${summary}` })
  }
  return {
    ask: request =>
      new Promise(resolve => {
        open.set(request.id, resolve)
        screen.open(request)
        send({ type: 'requestOpened', request })
      }),
    answer(id, answer, by) {
      const resolve = open.get(id)
      if (resolve === undefined) return
      close(id, by, inShort(answer))
      resolve(answer)
    },
    withdrawAll() {
      for (const id of open.keys()) close(id, 'agent', 'withdrawn')
    },
  }
}

const inShort = (answer: Answer): string =>
  answer.type === 'approval'
    ? { allow: 'allowed', allowForSession: 'allowed for this session', deny: 'denied' }[answer.choice]
    : Object.values(answer.answers).flat().join(', ')
