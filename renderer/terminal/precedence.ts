/**
 * The terminal that is typed into goes first: until the answer to a key is drawn, or soon after, nothing more is given to
 * the others. All share one thread and one graphics process, where an echo would stand in line behind a flood.
 */

/** A program that answers at all has answered by then; a flood loses no more than this for each key. */
const PATIENCE_MS = 60

export interface Precedence {
  /** A key goes to the program of `terminal`. */
  typed(terminal: object): void
  /** What answers it is on the screen. */
  answered(terminal: object): void
  /** False while another one goes first. */
  mayGo(terminal: object): boolean
  /** Called when all may go again. Returns its removal. */
  onFree(listener: () => void): () => void
}

export const createPrecedence = (): Precedence => {
  const listeners = new Set<() => void>()
  let first: object | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const free = (): void => {
    clearTimeout(timer)
    first = null
    for (const each of [...listeners]) each()
  }
  return {
    typed: terminal => {
      if (first !== null && first !== terminal) free()
      clearTimeout(timer)
      first = terminal
      timer = setTimeout(free, PATIENCE_MS)
    },
    answered: terminal => {
      if (first === terminal) free()
    },
    mayGo: terminal => first === null || first === terminal,
    onFree: listener => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
