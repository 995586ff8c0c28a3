/** A pair's journal, which comes to the window as it is on the disk. */
import { createReading, type JournalLine, type JournalRead } from '../../shared/journal/reading'

/** Bytes decoded at once: a journal may be longer than the longest string. */
const PIECE_BYTES = 8_000_000

const linesOf = function* (bytes: Uint8Array): Generator<JournalLine> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let rest = ''
  let number = 1
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
    const piece = decoder.decode(bytes.subarray(from, from + PIECE_BYTES), { stream: true })
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const text of lines) yield { text, number: number++, whole: true }
  }
  rest += decoder.decode()
  if (rest !== '') yield { text: rest, number, whole: false }
}

/** A whole journal, as it is on the disk. */
export const readBytes = (bytes: Uint8Array): JournalRead => {
  const reading = createReading()
  for (const line of linesOf(bytes)) reading.take(line)
  const { events, damage } = reading.end()
  return { events, damage }
}
