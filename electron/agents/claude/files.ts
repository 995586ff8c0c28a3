/**
 * The seat's private files. Rule: in the seat's own folder, readable by this user only, written anew at each start
 * because port and token change.
 */
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  curlConfigFor,
  type Endpoints,
  mailboxScriptFor,
  mcpConfigFor,
  sessionScriptFor,
  settingsFor,
} from '../../../shared/agent/claude-launch'

export interface SeatFiles {
  readonly settings: string
  readonly mcpConfig: string
}

const PRIVATE_FILE = 0o600
const PRIVATE_FOLDER = 0o700

export const writeSeatFiles = async (dir: string, url: string, token: string): Promise<SeatFiles> => {
  await mkdir(dir, { recursive: true, mode: PRIVATE_FOLDER })
  const write = async (name: string, text: string): Promise<string> => {
    const path = join(dir, name)
    await writeFile(path, text, { mode: PRIVATE_FILE })
    await chmod(path, PRIVATE_FILE)
    return path
  }
  const ends: Endpoints = {
    url,
    token,
    sessionScript: join(dir, 'session.sh'),
    mailboxScript: join(dir, 'mailbox.sh'),
  }
  const curlConfig = await write('curl.conf', curlConfigFor(ends))
  await write('session.sh', sessionScriptFor(ends, curlConfig))
  await write('mailbox.sh', mailboxScriptFor(ends, curlConfig))
  return {
    settings: await write('settings.json', JSON.stringify(settingsFor(ends), null, 2)),
    mcpConfig: await write('mcp.json', JSON.stringify(mcpConfigFor(ends), null, 2)),
  }
}
