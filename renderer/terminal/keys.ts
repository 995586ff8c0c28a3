/** Keys belong to the program, except copy, paste and what the app claims with `isAppKey`. */
import type { Terminal } from '@xterm/xterm'

/** What Claude Code and Codex take as a new line in the prompt: Alt+Enter. */
const NEW_LINE = '\x1b\r'

export interface KeyDeps {
  readonly isAppKey: (event: KeyboardEvent) => boolean
  readonly copy: (text: string) => void
  readonly send: (data: string) => void
  readonly mac: boolean
}

/** For `attachCustomKeyEventHandler`: whether the terminal handles this key. */
export const keyHandler =
  (terminal: Terminal, deps: KeyDeps) =>
  (event: KeyboardEvent): boolean => {
    if (deps.isAppKey(event)) return false
    const key = event.key.toLowerCase()
    const clipboard = deps.mac
      ? event.metaKey && !event.ctrlKey && !event.altKey && !event.shiftKey
      : event.ctrlKey && event.shiftKey && !event.altKey && !event.metaKey
    // The browser's own paste follows, and arrives as a paste event.
    if (clipboard && key === 'v') return false
    if (clipboard && key === 'c') {
      if (event.type === 'keydown' && terminal.hasSelection()) deps.copy(terminal.getSelection())
      // Otherwise Chromium opens its inspector, or the program sees Ctrl+C.
      event.preventDefault()
      return false
    }
    if (key === 'enter' && event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey) {
      if (event.isComposing) return true
      if (event.type === 'keydown') deps.send(NEW_LINE)
      event.preventDefault()
      return false
    }
    return true
  }
