/** What a practice pair is asked; the practice agent knows how to do these, and nothing else has to be set up. */
export type PracticeTask = 'slugify' | 'truncate'

export const PRACTICE_INTENTS: Readonly<Record<PracticeTask, string>> = {
  slugify: 'Make slugify() handle accents and repeated separators; keep the API.',
  truncate:
    'Add truncate(slug, max), which shortens a slug without cutting a word; leave slugify() as it is.',
}

/** Runs all tests of the practice repository, where a Node is on the PATH. */
export const PRACTICE_PROOF = 'node --test'

/** The task is told by the intent, so a human may change its words. */
export const practiceTaskOf = (intent: string): PracticeTask =>
  /\btruncate\b/i.test(intent) ? 'truncate' : 'slugify'
