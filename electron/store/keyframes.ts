/**
 * Writes the keyframes beside a recording while it is made. It only adds; whatever goes wrong here costs nothing but
 * the time to make them again (`keyframes-build.ts`), so a failure ends the file and nothing else.
 */
import { createHash } from 'node:crypto'
import { appendFileSync, readSync } from 'node:fs'
import { deflateSync, inflateSync } from 'node:zlib'
import { type Keyframe, type KeyLine, keyLine } from '../../shared/terminal/keyframe'

export const keysPath = (castPath: string): string => castPath.replace(/\.cast$/, '.keys')

/** What is hashed to tell that a keyframe belongs to its recording. */
const TIE_BYTES = 4_096

export const tieOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('base64url').slice(0, 22)

/** The tie of the place `offset` in the recording that `fd` reads. */
export const tieAt = (fd: number, offset: number): string => {
  const bytes = Buffer.alloc(Math.min(TIE_BYTES, offset))
  let done = 0
  while (done < bytes.length) {
    const read = readSync(fd, bytes, done, bytes.length - done, offset - bytes.length + done)
    if (read === 0) break
    done += read
  }
  return tieOf(bytes.subarray(0, done))
}

export const packScreen = (screen: string): string =>
  deflateSync(Buffer.from(screen, 'utf8')).toString('base64')

/** Undefined when it was damaged. */
export const unpackScreen = ({ key }: Keyframe): string | undefined => {
  try {
    return inflateSync(Buffer.from(key, 'base64')).toString('utf8')
  } catch {
    return undefined // zlib's checksum says so; the caller makes the keyframes again
  }
}

export interface KeysWriter {
  write(line: KeyLine): void
}

/** Opened for each line: the file may be replaced by one that was made again. */
export const createKeysWriter = (path: string): KeysWriter => {
  let open = true
  return {
    write(line) {
      if (!open) return
      try {
        appendFileSync(path, keyLine(line), { mode: 0o600 })
      } catch {
        open = false // a full disk tells of itself by the recording
      }
    },
  }
}
