/** What the scripts tell the person who runs them. Rule: every step that takes time is named before it begins. */

/** One line on stderr, so that the output of the app and of the command line stays clean. */
export const say = line => {
  process.stderr.write(`duologue: ${line}\n`)
}

/** A failure the person can act on: printed as a sentence, without a stack. */
export class SetupError extends Error {}

/** Runs a script's main function; its number is the exit code. */
export const runMain = async main => {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    say(error.message)
    process.exitCode = 1
  }
}
