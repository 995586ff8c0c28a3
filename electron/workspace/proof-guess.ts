/** Looks at a folder for a proof command to suggest; runs nothing. */
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { GUESS_FILES, type GuessFiles, suggestProof } from '../../shared/review/proof-guess'

/** Lock files are long and only their being there matters; no manifest or Makefile needs more. */
const READ_BYTES = 256 * 1024

/** A file that cannot be read suggests nothing, like one that is not there. */
const textOf = async (path: string): Promise<string | null> => {
  try {
    // Asked first: opening a named pipe would wait for its writer.
    if (!(await stat(path)).isFile()) return null
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(READ_BYTES), 0, READ_BYTES, 0)
      return buffer.toString('utf8', 0, bytesRead)
    } finally {
      await file.close()
    }
  } catch {
    // Not there, or not ours to read: the form stays empty, which is what it says.
    return null
  }
}

/** A command that probably shows whether the work in `folder` is right; null when nothing tells. */
export const guessProof = async (folder: string): Promise<string | null> => {
  const texts = await Promise.all(
    GUESS_FILES.map(async name => [name, await textOf(join(folder, name))] as const),
  )
  const files: GuessFiles = Object.fromEntries(texts)
  return suggestProof(files)
}
