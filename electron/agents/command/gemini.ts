/**
 * Gemini CLI's hooks and tools, given by a settings file of the seat's own: its lowest layer of settings is a file
 * named by GEMINI_CLI_SYSTEM_DEFAULTS_PATH (0.61.0), so nothing of the user's is written and theirs wins. It takes
 * such a file only when the file and every folder above it belong to root and nobody else may write there.
 */
import { stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { CommandHost } from './host'

/** Milliseconds that Gemini waits for a hook; ours answers in a few. */
const HOOK_MS = 10_000

export const writeGemini = async (
  dir: string,
  host: CommandHost,
): Promise<Readonly<Record<string, string>>> => {
  const path = join(dir, 'gemini-defaults.json')
  const program = `'${join(host.bin, 'duologue-hook').replaceAll("'", "'\\''")}'`
  const hook = (event: string, name: string) => ({
    [event]: [
      { matcher: '*', hooks: [{ type: 'command', name, command: `${program} ${name}`, timeout: HOOK_MS }] },
    ],
  })
  const settings = {
    hooks: { ...hook('BeforeAgent', 'start'), ...hook('AfterAgent', 'end') },
    mcpServers: {
      pair: { httpUrl: `${host.url}/mcp`, headers: { Authorization: `Bearer ${host.token}` }, trust: true },
    },
  }
  await writeFile(path, JSON.stringify(settings), { mode: 0o600 })
  return { GEMINI_CLI_SYSTEM_DEFAULTS_PATH: path }
}

/** Whether Gemini CLI will take settings from this folder. */
export const takesSettings = async (dir: string): Promise<boolean> => {
  const { uid, mode } = await stat(dir)
  if (uid !== 0 || (mode & 0o022) !== 0) return false
  const above = dirname(dir)
  return above === dir || takesSettings(above)
}

const hookInput = z.object({ prompt: z.string().optional(), prompt_response: z.string().optional() })

/** What AfterAgent says of a turn that was stopped before the model said anything. */
const NOTHING_SAID = '[no response text]'

/** The prompt of BeforeAgent, the final text of AfterAgent; the body as it is when it is neither. */
export const geminiText = (event: 'start' | 'end', body: string): string => {
  try {
    const parsed = hookInput.parse(JSON.parse(body))
    const text = (event === 'start' ? parsed.prompt : parsed.prompt_response) ?? ''
    return text === NOTHING_SAID ? '' : text
  } catch {
    return '' // not Gemini's JSON: the event counts, its text is not known
  }
}
