/** How runs of a screen look, as classes of the page: `l1`, `l2`, … each in the colours of dark and of light. */
import { DARK_COLOURS, LIGHT_COLOURS } from '../terminal/colours'
import type { Run } from '../terminal/painted'
import { coloursOfRun, paintColour } from '../terminal/run-colours'
import type { TermColours } from '../terminal/wire'
import { inDark } from './html-style'

/** A picture drawn in 24-bit colours has thousands; beyond these, text is shown plain. */
const MOST = 4_000

export interface Looks {
  /** The number of a run's look; 0: as plain text. */
  of(run: Run): number
  /** All that were asked for. */
  css(): string
}

export const createLooks = (): Looks => {
  const known = new Map<string, number>()
  const runs: Run[] = []
  return {
    of: run => {
      const { text: _, ...look } = run
      const key = JSON.stringify(look)
      if (key === '{}') return 0
      const found = known.get(key)
      if (found !== undefined) return found
      if (runs.length >= MOST) return 0
      runs.push({ ...look, text: '' })
      known.set(key, runs.length)
      return runs.length
    },
    css: () =>
      [
        runs.map((run, at) => `.l${at + 1}{${shape(run)}}`).join(''),
        runs.map((run, at) => `.l${at + 1}{${paint(run, LIGHT_COLOURS)}}`).join(''),
        inDark(root => runs.map((run, at) => `${root} .l${at + 1}{${paint(run, DARK_COLOURS)}}`).join('')),
      ].join('\n'),
  }
}

const UNDERLINES = ['', 'solid', 'double', 'wavy', 'dotted', 'dashed'] as const

const shape = (run: Run): string => {
  const lines = [
    run.underline ? 'underline' : '',
    run.struck ? 'line-through' : '',
    run.overlined ? 'overline' : '',
  ]
  const decoration = lines.filter(Boolean).join(' ')
  return [
    run.bold ? 'font-weight:700' : '',
    run.italic ? 'font-style:italic' : '',
    run.dim ? 'opacity:.75' : '',
    run.wide ? 'display:inline-block;width:2ch' : '',
    decoration === '' ? '' : `text-decoration-line:${decoration}`,
    run.underline ? `text-decoration-style:${UNDERLINES[run.underline] ?? 'solid'}` : '',
  ]
    .filter(Boolean)
    .join(';')
}

const paint = (run: Run, colours: TermColours): string => {
  const { ink, ground } = coloursOfRun(run, colours)
  return [
    `color:${ink}`,
    ground === null ? '' : `background:${ground}`,
    run.underlineInk === undefined
      ? ''
      : `text-decoration-color:${paintColour(run.underlineInk, colours, colours.foreground)}`,
  ]
    .filter(Boolean)
    .join(';')
}
