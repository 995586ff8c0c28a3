/** What a run of a past screen looks like on this window's colours, as readable as in a live terminal. */
import type { CSSProperties } from 'react'
import { luminance } from '../../shared/terminal/colours'
import type { Paint, Run } from '../../shared/terminal/painted'
import type { TermColours } from '../../shared/terminal/wire'

/** As the live terminals' `minimumContrastRatio`. */
const CONTRAST = 4.5
const MIX_STEPS = 10

/** `colours.foreground` is the ink of what has no colour of its own. */
export const styleOfRun = (run: Run, colours: TermColours): CSSProperties | undefined => {
  const { text: _, wide, ...look } = run
  if (Object.keys(look).length === 0) return wide ? WIDE : undefined
  const ink = colourOf(run.ink, colours, colours.foreground)
  const ground = colourOf(run.ground, colours, colours.background)
  const [front, back] = run.inverse ? [ground, ink] : [ink, ground]
  const lines = [
    run.underline ? 'underline' : '',
    run.struck ? 'line-through' : '',
    run.overlined ? 'overline' : '',
  ]
  const decoration = lines.filter(Boolean).join(' ')
  return {
    ...(wide ? WIDE : {}),
    color: readable(front, back),
    ...(back === colours.background ? {} : { backgroundColor: back }),
    ...(run.bold ? { fontWeight: 700 } : {}),
    ...(run.italic ? { fontStyle: 'italic' } : {}),
    ...(decoration === '' ? {} : { textDecorationLine: decoration }),
    ...(run.underline ? { textDecorationStyle: UNDERLINES[run.underline] ?? 'solid' } : {}),
    ...(run.underlineInk === undefined
      ? {}
      : { textDecorationColor: colourOf(run.underlineInk, colours, colours.foreground) }),
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

const colourOf = (paint: Paint | undefined, colours: TermColours, otherwise: string): string => {
  if (paint === undefined) return otherwise
  if (typeof paint === 'string') return paint
  return colours.ansi[paint] ?? ofPalette(paint)
}

/** xterm's palette from 16 on: a cube of six steps a channel, then 24 greys. */
const ofPalette = (index: number): string => {
  if (index >= 232) return hex([0, 1, 2].map(() => 8 + (index - 232) * 10))
  const at = index - 16
  return hex(
    [Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6].map(step => (step === 0 ? 0 : 55 + step * 40)),
  )
}

const hex = (channels: readonly number[]): string =>
  `#${channels.map(channel => Math.round(channel).toString(16).padStart(2, '0')).join('')}`

const channelsOf = (colour: string): readonly number[] =>
  [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16))

const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

/** The ink itself, or as little nearer to black or white as it takes to be read on this ground. */
const readable = (ink: string, ground: string): string => {
  const goal = contrast('#000000', ground) > contrast('#ffffff', ground) ? '#000000' : '#ffffff'
  const [from, to] = [channelsOf(ink), channelsOf(goal)]
  for (let step = 0; step < MIX_STEPS; step += 1) {
    const mixed = hex(from.map((value, at) => value + ((to[at] ?? value) - value) * (step / MIX_STEPS)))
    if (contrast(mixed, ground) >= CONTRAST) return mixed
  }
  return goal
}
