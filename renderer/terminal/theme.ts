/** The terminal's colours come from the window's tokens, so both always change together. */
import type { ITheme } from '@xterm/xterm'
import { DARK_COLOURS, LIGHT_COLOURS, luminance } from '../../shared/terminal/colours'
import type { TermColours } from '../../shared/terminal/wire'

/** The colours in force at `element`: `--term` and `--ink`, and the palette that suits how light `--term` is. */
export const coloursAt = (element: Element): TermColours => {
  const style = getComputedStyle(element)
  const token = (name: string, otherwise: string): string => {
    const value = style.getPropertyValue(name).trim()
    return /^#[0-9a-f]{6}$/i.test(value) ? value : otherwise
  }
  const background = token('--term', DARK_COLOURS.background)
  const base = luminance(background) > 0.5 ? LIGHT_COLOURS : DARK_COLOURS
  const foreground = token('--ink', base.foreground)
  return { ...base, background, foreground, cursor: foreground }
}

const ANSI_NAMES = [
  'black',
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'white',
  'brightBlack',
  'brightRed',
  'brightGreen',
  'brightYellow',
  'brightBlue',
  'brightMagenta',
  'brightCyan',
  'brightWhite',
] as const

export const themeOf = (colours: TermColours): ITheme => ({
  foreground: colours.foreground,
  background: colours.background,
  cursor: colours.cursor,
  cursorAccent: colours.background,
  selectionBackground: `${colours.ansi[4] ?? colours.foreground}55`,
  ...Object.fromEntries(ANSI_NAMES.map((name, index) => [name, colours.ansi[index]])),
})

/** Calls `changed` whenever the tokens may have changed: the theme attribute, or the system's preference. */
export const watchTheme = (changed: () => void): (() => void) => {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'class', 'style'] })
  const media = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'].map(query => matchMedia(query))
  for (const query of media) query.addEventListener('change', changed)
  return () => {
    observer.disconnect()
    for (const query of media) query.removeEventListener('change', changed)
  }
}
