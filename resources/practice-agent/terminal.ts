/** The terminal the program runs in, as it needs it; real ones are made here from the process's own streams. */
import { StringDecoder } from 'node:string_decoder'

export interface Terminal {
  size(): { readonly cols: number; readonly rows: number }
  write(bytes: string): void
  onInput(listener: (text: string) => void): void
  onResize(listener: () => void): void
  /** Gives the terminal back as it was. */
  restore(): void
}

/** Bracketed paste on; what is typed comes key by key. */
const BEGIN = '\u001b[?2004h'
const END = '\u001b[?2004l\u001b[?25h'

export function processTerminal(): Terminal {
  const { stdin, stdout } = process
  const decoder = new StringDecoder('utf8')
  if (stdin.isTTY) stdin.setRawMode(true)
  stdout.write(BEGIN)
  return {
    size: () => ({ cols: stdout.columns || 80, rows: stdout.rows || 24 }),
    write: bytes => void stdout.write(bytes),
    onInput: listener => void stdin.on('data', (chunk: Buffer) => listener(decoder.write(chunk))),
    onResize: listener => void stdout.on('resize', listener),
    restore() {
      stdout.write(END)
      if (stdin.isTTY) stdin.setRawMode(false)
    },
  }
}
