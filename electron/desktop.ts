/** What the system shows of us outside the window: notifications, and the number on our icon. Neither takes the focus. */
import { app, type BrowserWindow, type NativeImage, Notification, nativeImage } from 'electron'

/** Silent: whether there is a sound is our own setting. Returns what takes it away. */
export const showNotification = (
  words: { readonly title: string; readonly body: string },
  clicked: () => void,
): (() => void) => {
  if (!Notification.isSupported()) return () => undefined
  const shown = new Notification({ ...words, silent: true })
  shown.on('click', clicked)
  shown.show()
  return () => shown.close()
}

/**
 * The number on the icon of dock or taskbar, where the system has one (macOS, Unity); on Windows a mark. The title
 * bears it everywhere: a taskbar shows it too.
 */
export const showBadge = (window: BrowserWindow, count: number): void => {
  app.setBadgeCount(count)
  if (window.isDestroyed()) return
  window.setTitle(count > 0 ? `(${count}) Duologue` : 'Duologue')
  if (process.platform !== 'win32') return
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
