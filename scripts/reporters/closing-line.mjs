/** One closing line, alike for every runner: `12 passed, 0 failed, 1 skipped`. */
export const closingLine = ({ passed, failed, skipped }) =>
  `\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`
