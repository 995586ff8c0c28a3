/** The only bridge: two functions, and the window message that hands over a terminal's port. */
import { contextBridge, ipcRenderer } from 'electron'
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
}

contextBridge.exposeInMainWorld('duologue', bridge)

ipcRenderer.on('duologue.port', (event, message: TerminalPortMessage) => {
  const here = globalThis as unknown as { postMessage(data: unknown, origin: string, ports: unknown[]): void }
  here.postMessage(message, 'app://duologue', [...event.ports])
})
