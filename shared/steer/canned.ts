/** What is said often; the human changes them in the settings. */
export const CANNED_STEERS: string[] = [
  'Take smaller steps: one change at a time, and run the tests after each.',
  'Stay in scope: do what was asked, and note anything else as a follow-up.',
  'Explain why: say what you are about to do and for what reason before you do it.',
]
