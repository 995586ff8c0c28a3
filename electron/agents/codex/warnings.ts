/**
 * What Codex warns of on stderr before it serves. In a terminal of its own the human would have seen it; the server's
 * stderr nobody sees, so it is told.
 */

const LINE = /^WARNING: (.+)$/gm
/** Codex 0.169; what follows from it was measured with bubblewrap 0.8. */
const HOME_IN_TEMP = /^proceeding, .*helper binaries under temporary dir/
const HOME_IN_TEMP_TOLD =
  'Codex\'s home is inside the temporary folder, where Codex makes no helper for its sandbox. With a bubblewrap older than 0.9 its commands then fail ("execvp codex-linux-sandbox"). Set TMPDIR to a folder that does not hold CODEX_HOME.'

/** For the human, in Codex's words but for what needs more. */
export const warningsIn = (stderr: string): readonly string[] =>
  [...stderr.matchAll(LINE)].map(([, words = '']) =>
    HOME_IN_TEMP.test(words) ? HOME_IN_TEMP_TOLD : `Codex warned as it started: ${words}`,
  )
