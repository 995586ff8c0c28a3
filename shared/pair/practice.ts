/** What a practice pair is asked; the practice agent knows how to do these, and nothing else has to be set up. */
export type PracticeTask = 'slugify' | 'truncate'

export const PRACTICE_INTENTS: Readonly<Record<PracticeTask, string>> = {
  slugify: 'Make slugify() handle accents and repeated separators; keep the API.',
  truncate:
    'Add truncate(slug, max), which shortens a slug without cutting a word; leave slugify() as it is.',
}

/** For people who choose one. */
export const PRACTICE_TASKS: readonly {
  readonly task: PracticeTask
  readonly label: string
  readonly shows: string
}[] = [
  {
    task: 'slugify',
    label: 'Mend a function',
    shows: 'Two rounds: a review finds what the first try left, and the second passes.',
  },
  {
    task: 'truncate',
    label: 'Add a function',
    shows: 'A proof that fails once, a finding that is rejected for a good reason, and a follow-up.',
  },
]

export const PRACTICE_INTENT = PRACTICE_INTENTS.slugify

/** Runs all tests of the practice repository, where a Node is on the PATH. */
export const PRACTICE_PROOF = 'node --test'

/** The task is told by the intent, so a human may change its words. */
export const practiceTaskOf = (intent: string): PracticeTask =>
  /\btruncate\b/i.test(intent) ? 'truncate' : 'slugify'
