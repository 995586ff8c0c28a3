/**
 * Whether the human has something in a program's prompt, judged by the keys alone. Errs to "yes": a message that
 * waits costs a moment, one typed into a draft ruins it.
 */

/** Characters in the prompt; `unknown` after a key whose effect on the prompt only the program knows. */
export type HumanDraft = number | 'unknown'

/** Focus reports and mouse reports (SGR and the older form) come from the window, not from the keyboard. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these sequences are what it is about
const NOT_KEYS = /\x1b\[(?:[IO]|<[\d;]+[Mm]|M[\s\S]{3})/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: a key that is no text
const CONTROL = /[\x00-\x1f\x7f-\x9f]/

export interface Typed {
  readonly draft: HumanDraft
  /** Enter was pressed on a draft. */
  readonly submitted: boolean
  /** A key was pressed at all. */
  readonly keys: boolean
}

export const afterKeys = (draft: HumanDraft, data: string): Typed => {
  const keys = data.replace(NOT_KEYS, '')
  if (keys === '') return { draft, submitted: false, keys: false }
  if (keys === '\r') return { draft: 0, submitted: draft !== 0, keys: true }
  return { draft: edited(draft, keys), submitted: false, keys: true }
}

const edited = (draft: HumanDraft, keys: string): HumanDraft => {
  if (draft === 'unknown') return draft
  if (/^\x7f+$/.test(keys)) return Math.max(0, draft - keys.length)
  // A backslash before Enter is a newline in several prompts.
  if (CONTROL.test(keys) || keys.endsWith('\\')) return 'unknown'
  return draft + [...keys].length
}
