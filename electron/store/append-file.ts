/**
 * The few file operations a journal needs, as a port, so that a full or failing disk can be shown in tests.
 */
import { open } from 'node:fs/promises'

export interface AppendFile {
  /** Bytes in the file when it was opened. */
  readonly size: number
  /** Writes at the end; may write less than given. Rejects with the system's error. */
  write(bytes: Uint8Array): Promise<number>
  sync(): Promise<void>
  truncate(length: number): Promise<void>
  close(): Promise<void>
}

export type OpenAppendFile = (path: string) => Promise<AppendFile>

/** Makes the file (0600) when it is missing. */
export const openAppendFile: OpenAppendFile = async path => {
  const file = await open(path, 'a', 0o600)
  const { size } = await file.stat()
  return {
    size,
    write: async bytes => (await file.write(bytes)).bytesWritten,
    sync: () => file.sync(),
    truncate: length => file.truncate(length),
    close: () => file.close(),
  }
}

/** Makes the names in `dir` durable; Windows has no such operation and needs none. */
export const syncDirectory = async (dir: string): Promise<void> => {
  if (process.platform === 'win32') return
  const handle = await open(dir, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
