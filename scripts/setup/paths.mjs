/** Where things stand in the project. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export const inRoot = (...parts) => join(ROOT, ...parts)

/** Things that may be thrown away at any time: an Electron, what was found out about it. Ignored by git. */
export const CACHE = inRoot('.cache')
