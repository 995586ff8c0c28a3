/**
 * For tests: the journal's file, on a real disk, with a host that dies at a chosen write. A dead host's file takes
 * nothing more, whatever its abandoned objects still try.
 */
import { type AppendFile, type OpenAppendFile, openAppendFile } from '../../store/append-file'

/** Where in the writing of a batch the host dies. */
export type Point =
  | 'before'
  /** In the middle of a line. */
  | 'torn'
  /** A part of the batch is written, up to the end of a line. */
  | 'part'
  /** Written, and nobody knows. */
  | 'after'
  /** Written, told and acted upon. */
  | 'effects'

export const POINTS: readonly Point[] = ['before', 'torn', 'part', 'after', 'effects']

/** The host lives and the disk does not. */
export interface DiskFault {
  /** Before anything is written, after a part, or when it is to be on the disk. */
  readonly at: 'write' | 'part' | 'sync'
  readonly code: 'ENOSPC' | 'EIO' | 'EACCES'
  /** So many attempts in a row fail. */
  readonly times: number
}

export interface FaultDiskDeps {
  /** Asked before each write. */
  readonly plan: () => Point | DiskFault | null
  /** The disk has failed once. */
  readonly failed: () => void
  readonly kill: () => void
  readonly isDead: () => boolean
  /** The batch is written whole, and the host is to die when it has acted on it. */
  readonly dieAfterEffects: () => void
}

const gone = (): Error => Object.assign(new Error('the host is dead'), { code: 'EIO' })

const cutAt = (bytes: Uint8Array, point: Point): number => {
  if (point === 'before') return 0
  const firstLine = bytes.indexOf(10) + 1
  if (point === 'part' && firstLine < bytes.length) return firstLine
  return point === 'torn' || point === 'part' ? Math.floor(bytes.length * 0.6) : bytes.length
}

export const faultDisk = (deps: FaultDiskDeps): OpenAppendFile => {
  const guard = <T>(act: () => Promise<T>): Promise<T> => (deps.isDead() ? Promise.reject(gone()) : act())
  return async path => {
    const real: AppendFile = await openAppendFile(path)
    let fault: DiskFault | null = null
    let left = 0
    const fail = (): Error => {
      const code = fault?.code ?? 'EIO'
      left -= 1
      if (left <= 0) fault = null
      deps.failed()
      return Object.assign(new Error(code), { code })
    }
    const write = async (bytes: Uint8Array): Promise<number> => {
      const planned = fault === null ? deps.plan() : null
      if (typeof planned === 'object' && planned !== null) {
        fault = planned
        left = planned.times
      }
      if (fault?.at === 'write') throw fail()
      if (fault?.at === 'part') {
        await real.write(bytes.subarray(0, Math.floor(bytes.length * 0.6)))
        throw fail()
      }
      const point = typeof planned === 'string' ? planned : null
      if (point === null) return real.write(bytes)
      if (point === 'effects') {
        deps.dieAfterEffects()
        return real.write(bytes)
      }
      const cut = cutAt(bytes, point)
      deps.kill()
      if (cut > 0) await real.write(bytes.subarray(0, cut))
      throw gone()
    }
    const sync = async (): Promise<void> => {
      if (fault?.at === 'sync') throw fail()
      await real.sync()
    }
    return {
      size: real.size,
      write: bytes => guard(() => write(bytes)),
      sync: () => guard(sync),
      truncate: length => guard(() => real.truncate(length)),
      close: real.close,
    }
  }
}
