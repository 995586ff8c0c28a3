/**
 * How the app's own executable is asked to be a terminal program instead of a window:
 * `<exe> run … ` or `<exe> --practice-agent …`. Chromium's switches stand before `--`, the program's arguments after.
 */

export type ConsoleWord = 'run' | '--practice-agent'

/** Programs by the word that asks for them; values are built entries beside the main one. */
export const PROGRAMS: Readonly<Record<ConsoleWord, { readonly entry: string; readonly keepWord: boolean }>> =
  {
    run: { entry: 'cli', keepWord: true },
    '--practice-agent': { entry: 'practice-agent', keepWord: false },
  }

export interface ConsoleProgram {
  readonly program: string
  readonly args: readonly string[]
}

/** `args` are those after the executable (and after the app's folder, where Electron runs an unpackaged one). */
export const parseConsoleArgs = (args: readonly string[]): ConsoleProgram | null => {
  const [word, ...rest] = args
  if (word !== 'run' && word !== '--practice-agent') return null
  const found = PROGRAMS[word]
  const split = rest.indexOf('--')
  const own = split === -1 ? rest : rest.slice(split + 1)
  return { program: found.entry, args: found.keepWord ? [word, ...own] : own }
}
