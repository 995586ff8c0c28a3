/**
 * Reads a file line by line with bounded memory, in batches (one promise a chunk, not one a line). Splits on the
 * byte 0x0A, so a character that straddles two chunks is whole.
 */
import { open } from 'node:fs/promises'

const CHUNK_BYTES = 1 << 20
const NEWLINE = 10

export interface Line {
  readonly text: string
  /** 1-based. */
  readonly number: number
  /** Byte offset of its first byte. */
  readonly offset: number
  /** Byte offset after its last byte, its newline included. */
  readonly end: number
  /** False for what stands after the last newline. */
  readonly whole: boolean
}

/** Throws the system's error when the file cannot be read. */
export async function* lineBatches(path: string): AsyncGenerator<readonly Line[]> {
  const file = await open(path, 'r')
  try {
    let rest = Buffer.alloc(0)
    let offset = 0
    let number = 1
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, null)
      if (bytesRead === 0) break
      const fresh = chunk.subarray(0, bytesRead)
      const data = rest.length === 0 ? fresh : Buffer.concat([rest, fresh])
      const batch: Line[] = []
      let from = 0
      for (let to = data.indexOf(NEWLINE, rest.length); to !== -1; to = data.indexOf(NEWLINE, from)) {
        const text = data.toString('utf8', from, to)
        batch.push({ text, number, offset: offset + from, end: offset + to + 1, whole: true })
        number += 1
        from = to + 1
      }
      rest = Buffer.from(data.subarray(from))
      offset += from
      if (batch.length > 0) yield batch
    }
    if (rest.length > 0) {
      yield [{ text: rest.toString('utf8'), number, offset, end: offset + rest.length, whole: false }]
    }
  } finally {
    await file.close()
  }
}
