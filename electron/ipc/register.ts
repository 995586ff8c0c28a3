/** The one door of the host: every request comes through here, its sender checked and its input parsed. */
import { ipcMain, type WebContents } from 'electron'
import type { z } from 'zod'
import { type Pushes, type PushName, type RequestName, requestSchemas } from '../../shared/ipc'
import type { Log } from '../log'
import { PAGE_ORIGIN } from '../protocol'
import type { Handlers } from './handlers'

const isRequest = (name: unknown): name is RequestName =>
  typeof name === 'string' && Object.hasOwn(requestSchemas, name)

/** Returns its removal. `handlersFor` gives the handlers of the window that asks; undefined refuses it. */
export const registerRequests = (
  handlersFor: (sender: WebContents) => Handlers | undefined,
  log: Log,
): (() => void) => {
  ipcMain.handle('duologue.request', async (event, name: unknown, input: unknown) => {
    const ours =
      event.senderFrame?.url.startsWith(`${PAGE_ORIGIN}/`) && event.senderFrame === event.sender.mainFrame
    const handlers = ours ? handlersFor(event.sender) : undefined
    if (!handlers || !isRequest(name)) {
      log(`refused a request ${String(name)} from ${event.senderFrame?.url ?? 'a frame that is gone'}`)
      return { ok: false, message: 'Refused.' }
    }
    const schema: z.ZodType = requestSchemas[name]
    const parsed = schema.safeParse(input)
    if (!parsed.success)
      return { ok: false, message: `${name}: ${parsed.error.issues[0]?.message ?? 'bad input'}` }
    try {
      const handle = handlers[name] as (input: unknown) => Promise<unknown>
      return await handle(parsed.data)
    } catch (error) {
      log(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      return { ok: false, message: `Something went wrong inside Duologue: ${String(error)}` }
    }
  })
  return () => ipcMain.removeHandler('duologue.request')
}

export const push = <N extends PushName>(to: WebContents, name: N, payload: Pushes[N]): void => {
  if (!to.isDestroyed()) to.send('duologue.push', name, payload)
}
