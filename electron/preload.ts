/** The only bridge: three functions, and the window message that hands over a terminal's port. */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { Bridge, TerminalPortMessage } from '../shared/ipc'

const bridge: Bridge = {
  request: (name, input) => ipcRenderer.invoke('duologue.request', name, input),
  on: (name, listener) => {
    const forward = (_: unknown, pushed: string, payload: unknown): void => {
      if (pushed === name) listener(payload as Parameters<typeof listener>[0])
    }
    ipcRenderer.on('duologue.push', forward)
    return () => ipcRenderer.off('duologue.push', forward)
  },
  // An older Electron, used in development, has no such thing, and tells the path on the file itself.
  pathOf: file => webUtils?.getPathForFile(file as never) ?? '',
}

contextBridge.exposeInMainWorld('duologue', bridge)

ipcRenderer.on('duologue.port', (event, message: TerminalPortMessage) => {
  const here = globalThis as unknown as { postMessage(data: unknown, origin: string, ports: unknown[]): void }
  here.postMessage(message, 'app://duologue', [...event.ports])
})
