/**
 * What is measured in a page with terminals at `duologueScreens`: the app's, and that of xterm.js alone. Rule: the same
 * code on both, by the terminal's own public events, so that neither has an advantage.
 */
import type { Page } from '@playwright/test'
import type { Terminal } from '@xterm/xterm'
import { BEGIN_TITLE, END_TITLE } from './streams'

export type Side = 'left' | 'right'

type Screens = Readonly<Record<Side, { readonly xterm: Terminal } | undefined>>

export const sizeOf = (page: Page, side: Side): Promise<{ cols: number; rows: number }> =>
  page.evaluate(which => {
    const found = (Reflect.get(globalThis, 'duologueScreens') as Screens)[which]
    if (!found) throw new Error(`there is no terminal ${which}`)
    return { cols: found.xterm.cols, rows: found.xterm.rows }
  }, side)

/** A bound for what never comes, not a measure. */
const PATIENCE_MS = 300_000

export interface Armed<T> {
  readonly measured: Promise<T>
}

/** The page is listening when this resolves: what is evaluated first runs first. */
const armed = async <T>(page: Page, measured: Promise<T>): Promise<Armed<T>> => {
  await page.evaluate(() => 0)
  return { measured }
}

/** Milliseconds from the first parsed character of the first stream to the frame after the last one of the last. */
export const armFlood = (page: Page, sides: readonly Side[]): Promise<Armed<number>> =>
  armed(
    page,
    page.evaluate(
      async ([names, beginTitle, endTitle]) => {
        const screens = Reflect.get(globalThis, 'duologueScreens') as Screens
        let begun = 0
        const ended = (name: Side) =>
          new Promise<void>((resolve, reject) => {
            const terminal = screens[name]?.xterm
            if (!terminal) return reject(new Error(`there is no terminal ${name}`))
            const titles = terminal.onTitleChange(title => {
              if (title === beginTitle && begun === 0) begun = performance.now()
              if (title !== endTitle) return
              titles.dispose()
              resolve()
            })
          })
        await Promise.all(names.map(ended))
        await new Promise(requestAnimationFrame)
        return performance.now() - begun
      },
      [sides, BEGIN_TITLE, END_TITLE] as const,
    ),
  )

/**
 * Milliseconds from the key until the terminal has drawn it where the cursor stood. From the key's own time, so waiting in
 * the page's queue counts.
 */
export const armGlyph = (page: Page, side: Side, glyph: string): Promise<Armed<number>> =>
  armed(
    page,
    page.evaluate(
      ([name, wanted]) =>
        new Promise<number>((resolve, reject) => {
          const terminal = (Reflect.get(globalThis, 'duologueScreens') as Screens)[name]?.xterm
          if (!terminal) return reject(new Error(`there is no terminal ${name}`))
          const { active } = terminal.buffer
          const [line, column] = [active.baseY + active.cursorY, active.cursorX]
          let pressed = 0
          const onKey = (event: KeyboardEvent): void => {
            pressed = event.timeStamp
          }
          window.addEventListener('keydown', onKey, { capture: true, once: true })
          const drawn = terminal.onRender(() => {
            if (pressed === 0 || active.getLine(line)?.getCell(column)?.getChars() !== wanted) return
            drawn.dispose()
            resolve(performance.now() - pressed)
          })
        }),
      [side, glyph] as const,
    ),
  )

/** When the terminal has begun a new line. */
export const armNewLine = (page: Page, side: Side): Promise<Armed<void>> =>
  armed(
    page,
    page.evaluate(
      name =>
        new Promise<void>((resolve, reject) => {
          const terminal = (Reflect.get(globalThis, 'duologueScreens') as Screens)[name]?.xterm
          if (!terminal) return reject(new Error(`there is no terminal ${name}`))
          const fed = terminal.onLineFeed(() => {
            fed.dispose()
            resolve()
          })
        }),
      side,
    ),
  )

/** When the next key is pressed, in milliseconds since the epoch. */
export const armKey = (page: Page): Promise<Armed<number>> =>
  armed(
    page,
    page.evaluate(
      () =>
        new Promise<number>(resolve => {
          const onKey = (event: KeyboardEvent): void => {
            // The modifier comes first, as a key of its own.
            if (event.key.length > 1) return
            window.removeEventListener('keydown', onKey, true)
            resolve(performance.timeOrigin + event.timeStamp)
          }
          window.addEventListener('keydown', onKey, true)
        }),
    ),
  )

/** When these terminals together show all of the words, for a frame, in milliseconds since the epoch. */
export const armText = (
  page: Page,
  sides: readonly Side[],
  words: readonly string[],
): Promise<Armed<number>> =>
  armed(
    page,
    page.evaluate(
      ([names, wanted, limit]) =>
        new Promise<number>((done, reject) => {
          const screens = Reflect.get(globalThis, 'duologueScreens') as Screens
          const linesOf = (name: Side): readonly string[] => {
            const terminal = screens[name]?.xterm
            const active = terminal?.buffer.active
            return Array.from(
              { length: terminal?.rows ?? 0 },
              (_, row) => active?.getLine(active.baseY + row)?.translateToString(true) ?? '',
            )
          }
          const shown = (): string => names.flatMap(linesOf).join('\n')
          setTimeout(() => reject(new Error(`not shown: ${wanted.join(', ')}\n${shown()}`)), limit)
          const look = (): void => {
            const text = shown()
            requestAnimationFrame(wanted.every(each => text.includes(each)) ? () => done(Date.now()) : look)
          }
          look()
        }),
      [sides, words, PATIENCE_MS] as const,
    ),
  )
