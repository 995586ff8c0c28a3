/**
 * The human at the desktop: what the windows show them, which has the focus, and what the system shows of us outside
 * them. Notifications and the number on our icon never take the focus; only a click does.
 */
import { app, type BrowserWindow, type NativeImage, Notification, nativeImage } from 'electron'
import type { PairId } from '../shared/ids'
import { type Attention, createAttention } from './attention'
import { push } from './ipc/register'
import { bringToFront, type Windows } from './windows'

export const createDesktop = (
  windows: Windows,
  deps: {
    readonly live: (pair: PairId) => boolean
    readonly wants: () => { readonly notifications: boolean; readonly sound: boolean }
  },
): Attention => {
  // Windows shows no notification of a program that it cannot name; the name is that of the package.
  if (process.platform === 'win32') app.setAppUserModelId('io.github.duologue')
  return createAttention({
    ...deps,
    now: () => performance.now(),
    looking: pair => windows.shows(pair, true),
    show: showNotification,
    sound: () => windows.toLast('attention.sound', null),
    badge: count => {
      app.setBadgeCount(count)
      windows.count(count)
      for (const window of windows.all()) showMark(window, count)
    },
    go: (pair, place) => {
      const window = windows.windowOf(pair) ?? windows.all()[0]
      if (!window) return
      bringToFront(window)
      push(window.webContents, 'attention.go', { pair, place })
    },
    tell: waiting => windows.toAll('attention.waiting', waiting),
  })
}

/** Silent: whether there is a sound is our own setting. Returns what takes it away. */
const showNotification = (
  words: { readonly title: string; readonly body: string },
  clicked: () => void,
): (() => void) => {
  if (!Notification.isSupported()) return () => undefined
  const shown = new Notification({ ...words, silent: true })
  shown.on('click', clicked)
  shown.show()
  return () => shown.close()
}

/** On Windows a mark on the taskbar; the number on our icon is for systems that have one (macOS, Unity). */
const showMark = (window: BrowserWindow, count: number): void => {
  if (window.isDestroyed() || process.platform !== 'win32') return
  window.setOverlayIcon(count > 0 ? dot() : null, count > 0 ? `${count} waiting for you` : '')
}

const SIZE = 16
/** BGRA, as `createFromBitmap` takes it. */
const COLOUR = [0x5e, 0xa3, 0xf0, 0xff] as const

const dot = (): NativeImage => {
  const pixels = Buffer.alloc(SIZE * SIZE * 4)
  const middle = (SIZE - 1) / 2
  for (let at = 0; at < SIZE * SIZE; at++) {
    const inside = Math.hypot((at % SIZE) - middle, Math.floor(at / SIZE) - middle) < SIZE / 2
    if (inside) pixels.set(COLOUR, at * 4)
  }
  return nativeImage.createFromBitmap(pixels, { width: SIZE, height: SIZE })
}
