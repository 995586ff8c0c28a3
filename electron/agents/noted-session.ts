/**
 * The session of a seat, written down by its adapter before the agent is sent anything. Rule: the journal's word comes
 * first; this one is for an app that was killed after the agent took its opening and before the journal had the
 * session, so that the conversation goes on and the opening is not read twice.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { SeatContext } from './agent'

/** In the seat's own folder. */
const SESSION_FILE = 'session'

type Place = Pick<SeatContext, 'dir'>

/** Beside it: the session that was begun and has read nothing yet. */
const UNREAD_FILE = 'unread-session'

const note = (dir: string, name: string, session: string): void => {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const path = join(dir, name)
  const file = openSync(`${path}.new`, 'w', 0o600)
  try {
    writeSync(file, session)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(`${path}.new`, path)
}

/** On the disk when it returns. */
export const noteSession = ({ dir }: Place, session: string): void => note(dir, SESSION_FILE, session)

export const noteUnread = ({ dir }: Place, session: string): void => note(dir, UNREAD_FILE, session)

/** Its agent has a record of it from now on. */
export const noteRead = ({ dir }: Place): void => rmSync(join(dir, UNREAD_FILE), { force: true })

export const unreadSession = ({ dir }: Place): string | undefined => read(join(dir, UNREAD_FILE))

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8').trim() || undefined
  } catch {
    return undefined // ENOENT: nothing was begun here
  }
}

/** Undefined for the first launch of a seat, and where the journal names the session itself. */
export const notedSession = ({ dir, resume }: Place & Pick<SeatContext, 'resume'>): string | undefined => {
  return resume === undefined ? read(join(dir, SESSION_FILE)) : undefined
}
