/** What the practice pair is asked to do on its scratch repository; the repository's failing tests are about it. */
export const PRACTICE_INTENT = 'Make slugify() handle accents and repeated separators; keep the API.'
