/**
 * Gathers what a program writes: a terminal is read 4 KB at a time (Linux), and each piece costs a message to every window, a
 * parse and a line of the recording. What comes after silence is delivered at once; what follows on its heels, together.
 */
const GATHER_MS = 4
/** One delivery, roughly. */
const GATHER_CHARS = 32_000

export interface Gatherer {
  take(data: string): void
  /** Delivers what is gathered, now. */
  flush(): void
}

export const gatherer = (deliver: (data: string) => void): Gatherer => {
  let pieces: string[] = []
  let chars = 0
  let timer: NodeJS.Timeout | undefined
  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (chars === 0) return
    const data = pieces.join('')
    pieces = []
    chars = 0
    timer = setTimeout(flush, GATHER_MS)
    deliver(data)
  }
  return {
    take: data => {
      pieces.push(data)
      chars += data.length
      if (!timer || chars >= GATHER_CHARS) flush()
    },
    flush,
  }
}
