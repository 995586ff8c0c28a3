/** The journals' files, with what goes into them counted, and the floor: the same bytes written and synced without any relay. */
import { open } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { type OpenAppendFile, openAppendFile } from '../electron/store/append-file'

export interface Written {
  readonly bytes: number
  readonly syncs: number
  /** Milliseconds in writes and syncs. */
  readonly ms: number
}

export interface CountedDisk {
  readonly openFile: OpenAppendFile
  /** Of a pair, since it was opened. */
  of(pair: string): Written
}

const nothing: Written = { bytes: 0, syncs: 0, ms: 0 }

export const countedDisk = (): CountedDisk => {
  const all = new Map<string, Written>()
  return {
    openFile: async path => {
      const pair = basename(dirname(path))
      const add = (bytes: number, syncs: number, began: number): void => {
        const before = all.get(pair) ?? nothing
        const ms = before.ms + performance.now() - began
        all.set(pair, { bytes: before.bytes + bytes, syncs: before.syncs + syncs, ms })
      }
      const file = await openAppendFile(path)
      return {
        ...file,
        write: async bytes => {
          const began = performance.now()
          const written = await file.write(bytes)
          add(written, 0, began)
          return written
        },
        sync: async () => {
          const began = performance.now()
          await file.sync()
          add(0, 1, began)
        },
      }
    },
    of: pair => all.get(pair) ?? nothing,
  }
}

export interface Floor {
  /** Milliseconds of one append of so many bytes and one sync. */
  once(bytes: number): Promise<number>
  close(): Promise<void>
}

export const openFloor = async (path: string): Promise<Floor> => {
  const file = await open(path, 'a', 0o600)
  return {
    once: async bytes => {
      const text = Buffer.alloc(bytes, 'x')
      const began = performance.now()
      await file.write(text)
      await file.sync()
      return performance.now() - began
    },
    close: () => file.close(),
  }
}
