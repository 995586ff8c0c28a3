/** A terminal's screen as plain data: what a past screen is kept and shown as. It has no modes and no escapes. */

/** An index into the palette of 256, or `#rrggbb`. */
export type Paint = number | string

/** Cells that look alike. What is absent is the terminal's default. */
export interface Run {
  readonly text: string
  /** One character that fills two columns. */
  readonly wide?: true
  readonly ink?: Paint
  readonly ground?: Paint
  readonly bold?: true
  readonly dim?: true
  readonly italic?: true
  readonly inverse?: true
  readonly struck?: true
  readonly overlined?: true
  /** 1 single, 2 double, 3 curly, 4 dotted, 5 dashed (SGR 4:n). */
  readonly underline?: number
  readonly underlineInk?: Paint
}

export type PaintedLine = readonly Run[]

export const plainText = (lines: readonly PaintedLine[]): string =>
  lines.map(runs => runs.map(({ text }) => text).join('')).join('\n')

/** The SGR sequence of a run; `more` are codes that all runs get. */
export const sgrOf = (run: Run, more: string): string => {
  const codes = [
    '0',
    more,
    run.bold ? '1' : '',
    run.dim ? '2' : '',
    run.italic ? '3' : '',
    run.underline === undefined ? '' : `4:${run.underline}`,
    run.inverse ? '7' : '',
    run.struck ? '9' : '',
    run.overlined ? '53' : '',
    paintCode(38, run.ink),
    paintCode(48, run.ground),
    paintCode(58, run.underlineInk),
  ]
  return `\x1b[${codes.filter(code => code !== '').join(';')}m`
}

const paintCode = (base: 38 | 48 | 58, paint: Paint | undefined): string => {
  if (paint === undefined) return ''
  if (typeof paint === 'number') return `${base};5;${paint}`
  return `${base};2;${channelsOf(paint).join(';')}`
}

const channelsOf = (colour: string): readonly number[] =>
  [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16))
