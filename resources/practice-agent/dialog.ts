/** An open question or approval in the terminal, as a value: what can be chosen and what a key decides. */
import type { AgentRequest, Answer } from '../../shared/agent/event'
import type { Key } from './keys'

export interface Dialog {
  readonly request: AgentRequest
  readonly title: string
  readonly lines: readonly string[]
  readonly choices: readonly { readonly label: string; readonly answer: Answer }[]
  readonly at: number
}

/** The dialog shows the first question of a request: the practice agent asks one at a time. */
export function openDialog(request: AgentRequest): Dialog {
  if (request.type === 'approval') {
    const labels = { allow: 'Yes', allowForSession: 'Yes, for this session', deny: 'No' }
    return {
      request,
      title: request.title,
      lines: [request.body, ...(request.reason === '' ? [] : [request.reason])],
      choices: request.choices.map(choice => ({
        label: labels[choice],
        answer: { type: 'approval', choice },
      })),
      at: 0,
    }
  }
  const question = request.questions[0]
  return {
    request,
    title: question?.header ?? 'Question',
    lines: [question?.text ?? ''],
    choices: (question?.options ?? []).map(option => ({
      label: `${option.label} – ${option.description}`,
      answer: { type: 'question', answers: { [question?.id ?? '']: [option.label] } },
    })),
    at: 0,
  }
}

export type DialogStep =
  | { readonly type: 'open'; readonly dialog: Dialog }
  | { readonly type: 'answered'; readonly answer: Answer }
  | { readonly type: 'escaped' }

/** Digits and y/n decide at once, arrows move, Enter takes what is marked. Pasted text decides nothing. */
export function press(dialog: Dialog, key: Key): DialogStep {
  const stay: DialogStep = { type: 'open', dialog }
  const choose = (index: number): DialogStep => {
    const choice = dialog.choices[index]
    return choice === undefined ? stay : { type: 'answered', answer: choice.answer }
  }
  if (key.type === 'paste') return stay
  if (key.type === 'text') {
    if (/^[1-9]$/.test(key.text)) return choose(Number(key.text) - 1)
    if (dialog.request.type !== 'approval' || !/^[yn]$/i.test(key.text)) return stay
    const wanted = key.text.toLowerCase() === 'y' ? 'allow' : 'deny'
    return choose(dialog.request.choices.indexOf(wanted))
  }
  const count = Math.max(1, dialog.choices.length)
  const move = (by: number): DialogStep => ({
    type: 'open',
    dialog: { ...dialog, at: (dialog.at + by + count) % count },
  })
  if (key.name === 'up') return move(-1)
  if (key.name === 'down') return move(1)
  if (key.name === 'enter') return choose(dialog.at)
  return key.name === 'escape' ? { type: 'escaped' } : stay
}
