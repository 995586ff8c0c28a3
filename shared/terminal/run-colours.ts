/** The two colours of a run of a screen, as readable as in a live terminal: programs choose theirs for a dark one. */
import { luminance } from './colours'
import type { Paint, Run } from './painted'
import type { TermColours } from './wire'

/** As the live terminals' `minimumContrastRatio`. */
const CONTRAST = 4.5
const MIX_STEPS = 10

export interface RunColours {
  readonly ink: string
  /** Null: the terminal's own. */
  readonly ground: string | null
}

export const coloursOfRun = (run: Run, colours: TermColours): RunColours => {
  const ink = paintColour(run.ink, colours, colours.foreground)
  const ground = paintColour(run.ground, colours, colours.background)
  const [front, back] = run.inverse ? [ground, ink] : [ink, ground]
  return { ink: readable(front, back), ground: back === colours.background ? null : back }
}

export const paintColour = (paint: Paint | undefined, colours: TermColours, otherwise: string): string => {
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
