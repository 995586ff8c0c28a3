/**
 * Claude Code's permission requests as our requests, and our answers as its decisions. Rules: what is asked is shown
 * whole; an answer never writes into the user's settings (every "don't ask again" goes to the session only); a
 * question is answered with labels or the human's own words, never with nothing.
 */
import type { RequestId } from '../ids'
import { isRecord } from '../json'
import type { PermissionAsked } from './claude-signals'
import type { AgentRequest, Answer, ApprovalChoice, Question } from './event'

type Json = Readonly<Record<string, unknown>>
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isRecord) : [])

/** Text that will be shown: no control bytes but line feed and tab. */
const clean = (value: unknown): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
  typeof value === 'string' ? value.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '') : ''

/** The question's own text is its id: Claude Code keys the answers by it. */
const questionsOf = (input: Json): readonly Question[] =>
  list(input.questions).map(question => ({
    id: typeof question.question === 'string' ? question.question : '',
    header: clean(question.header),
    text: clean(question.question),
    options: list(question.options).map(option => ({
      label: clean(option.label),
      description: clean(option.description),
    })),
    multiple: question.multiSelect === true,
    freeText: true,
  }))

const prefixed = (prefix: string, value: unknown): string =>
  clean(value)
    .split('\n')
    .map(line => prefix + line)
    .join('\n')

const edited = (input: Json): string =>
  `${prefixed('- ', input.old_string)}\n${prefixed('+ ', input.new_string)}`

const asked = ({ tool, input }: PermissionAsked): { title: string; body: string } => {
  if (tool === 'Bash') return { title: 'Run a command', body: clean(input.command) }
  if (tool === 'Write') return { title: `Write ${clean(input.file_path)}`, body: clean(input.content) }
  if (tool === 'Edit') return { title: `Edit ${clean(input.file_path)}`, body: edited(input) }
  if (tool === 'ExitPlanMode') return { title: 'Start work on this plan', body: clean(input.plan) }
  return { title: `Use the tool ${clean(tool)}`, body: clean(JSON.stringify(input, null, 2)) }
}

const choicesFor = (signal: PermissionAsked): readonly ApprovalChoice[] =>
  signal.suggestions.length > 0 ? ['allow', 'allowForSession', 'deny'] : ['allow', 'deny']

/** A rule in the words of Claude Code's own settings: `Bash(npm test:*)`. */
const ruleText = ({ toolName, ruleContent }: Json): string =>
  typeof ruleContent === 'string' && ruleContent !== ''
    ? `${clean(toolName)}(${clean(ruleContent)})`
    : clean(toolName)

/** What its "don't ask again" would allow besides; a kind that we do not know is shown as it came. */
const coverOf = (suggestion: Json): readonly string[] => {
  switch (suggestion.type) {
    case 'addRules':
      return list(suggestion.rules).map(ruleText)
    case 'setMode':
      return [`the permission mode ${clean(suggestion.mode)}`]
    case 'addDirectories': {
      const folders: readonly unknown[] = Array.isArray(suggestion.directories) ? suggestion.directories : []
      return folders.map(folder => `access to ${clean(folder)}`)
    }
    default:
      return [clean(JSON.stringify(suggestion))]
  }
}

export const requestOf = (id: RequestId, signal: PermissionAsked): AgentRequest => {
  if (signal.tool === 'AskUserQuestion') {
    return { type: 'question', id, questions: questionsOf(signal.input) }
  }
  const reason = clean(signal.input.description)
  const covers = signal.suggestions.flatMap(coverOf)
  return {
    ...{ type: 'approval', id, ...asked(signal), reason, choices: choicesFor(signal) },
    ...(covers.length > 0 ? { covers } : {}),
  }
}

const decision = (value: Json): Json => ({
  hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: value },
})

/** Also stops the turn, as Esc in the dialog would. */
export const denyAndInterrupt = decision({
  behavior: 'deny',
  message: 'Interrupted by the human.',
  interrupt: true,
})

export const allow = decision({ behavior: 'allow' })

const allowWith = (updatedInput: Json): Json => decision({ behavior: 'allow', updatedInput })

/** Leaves the dialog in the TUI to decide. */
export const noDecision: Json = {}

/** The hook's reply, and words for the timeline; `null` when the answer does not fit what was asked. */
export const decisionFor = (
  signal: PermissionAsked,
  answer: Answer,
): { readonly reply: Json; readonly summary: string } | null => {
  if (answer.type === 'question') {
    if (signal.tool !== 'AskUserQuestion') return null
    const missing = questionsOf(signal.input).some(({ id }) => (answer.answers[id] ?? []).length === 0)
    if (missing) return null
    const entries = Object.entries(answer.answers).map(([id, labels]) => [id, labels.join(', ')] as const)
    const answers = Object.fromEntries(entries)
    const summary = entries.map(([, label]) => label).join('; ')
    return { reply: allowWith({ ...signal.input, answers }), summary }
  }
  if (answer.choice === 'deny') {
    const message = answer.message ?? 'The human said no.'
    return { reply: decision({ behavior: 'deny', message }), summary: 'denied' }
  }
  if (signal.tool === 'AskUserQuestion') return null
  if (answer.choice === 'allow') {
    // Without an input 2.1.330 keeps the dialog of a plan open.
    const reply = signal.tool === 'ExitPlanMode' ? allowWith(signal.input) : allow
    return { reply, summary: 'allowed' }
  }
  const updatedPermissions = signal.suggestions.map(rule => ({ ...rule, destination: 'session' }))
  return { reply: decision({ behavior: 'allow', updatedPermissions }), summary: 'allowed for the session' }
}
