/**
 * The human at the desktop: what the window shows them, whether it has the focus, and what the system shows of us outside
 * it. Notifications and the number on our icon never take the focus; only a click does.
 */
import { app, type BrowserWindow, type NativeImage, Notification, nativeImage } from 'electron'
import type { Waiting } from '../shared/attention/waiting'
import type { PairId } from '../shared/ids'
import { type Attention, createAttention } from './attention'
import { push } from './ipc/register'

export interface Desktop {
  readonly attention: Attention
  /** Notes the pair that the window shows; gives what waits in each pair. */
  shown(pair: string | null): readonly Waiting[]
}

export const createDesktop = (
  window: BrowserWindow,
  deps: {
    readonly live: (pair: PairId) => boolean
    readonly wants: () => { readonly notifications: boolean; readonly sound: boolean }
  },
): Desktop => {
  // Windows shows no notification of a program that it cannot name; the name is that of the package.
  if (process.platform === 'win32') app.setAppUserModelId('io.github.duologue')
  let shownPair: string | null = null
  const attention = createAttention({
    ...deps,
    now: () => performance.now(),
    looking: pair => shownPair === pair && !window.isDestroyed() && window.isFocused(),
    show: showNotification,
    sound: () => push(window.webContents, 'attention.sound', null),
    badge: count => showBadge(window, count),
    go: (pair, place) => {
      bringToFront(window)
      push(window.webContents, 'attention.go', { pair, place })
    },
    tell: waiting => push(window.webContents, 'attention.waiting', waiting),
  })
  // A page that is gone, or not there yet, shows nothing.
  const forget = (): void => {
    shownPair = null
  }
  window.webContents.on('did-start-loading', forget)
  window.webContents.on('render-process-gone', forget)
  window.on('focus', attention.looked)
  window.on('closed', attention.stop)
  return {
    attention,
    shown: pair => {
      shownPair = pair
      attention.looked()
      return attention.waiting()
    },
  }
}

export const bringToFront = (window: BrowserWindow): void => {
  if (window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
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

/**
 * The number on the icon of dock or taskbar, where the system has one (macOS, Unity); on Windows a mark. The title
 * bears it everywhere: a taskbar shows it too.
 */
const showBadge = (window: BrowserWindow, count: number): void => {
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
