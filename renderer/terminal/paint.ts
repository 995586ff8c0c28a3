/** What a run of a past screen looks like on this window's colours, as readable as in a live terminal. */
import type { CSSProperties } from 'react'
import type { Run } from '../../shared/terminal/painted'
import { coloursOfRun, paintColour } from '../../shared/terminal/run-colours'
import type { TermColours } from '../../shared/terminal/wire'

/** `colours.foreground` is the ink of what has no colour of its own. */
export const styleOfRun = (run: Run, colours: TermColours): CSSProperties | undefined => {
  const { text: _, wide, ...look } = run
  if (Object.keys(look).length === 0) return wide ? WIDE : undefined
  const { ink, ground } = coloursOfRun(run, colours)
  const lines = [
    run.underline ? 'underline' : '',
    run.struck ? 'line-through' : '',
    run.overlined ? 'overline' : '',
  ]
  const decoration = lines.filter(Boolean).join(' ')
  return {
    ...(wide ? WIDE : {}),
    color: ink,
    ...(ground === null ? {} : { backgroundColor: ground }),
    ...(run.bold ? { fontWeight: 700 } : {}),
    ...(run.italic ? { fontStyle: 'italic' } : {}),
    ...(decoration === '' ? {} : { textDecorationLine: decoration }),
    ...(run.underline ? { textDecorationStyle: UNDERLINES[run.underline] ?? 'solid' } : {}),
    ...(run.underlineInk === undefined
      ? {}
      : { textDecorationColor: paintColour(run.underlineInk, colours, colours.foreground) }),
  }
}

const WIDE: CSSProperties = { display: 'inline-block', width: '2ch' }

const UNDERLINES: Readonly<Record<number, NonNullable<CSSProperties['textDecorationStyle']>>> = {
  1: 'solid',
  2: 'double',
  3: 'wavy',
  4: 'dotted',
  5: 'dashed',
}
