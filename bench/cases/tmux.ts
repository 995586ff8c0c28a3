/** A flood of both panes as a user would have it otherwise: tmux, with its client in a terminal. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { openPanes, SIDES } from '../app/panes'
import { armText, type Side, sizeOf } from '../app/probe'
import { BEGIN, END, streams } from '../app/streams'
import { openTmux, tmuxVersion } from '../app/tmux'
import type { Bench, BenchContext, Figure } from '../bench'
import { ratioOf } from '../samples'

const MEGABYTES = 100
const SHORT_MEGABYTES = 0.2

interface Place {
  readonly page: Page
  /** Terminals that show the two panes. */
  readonly screens: readonly Side[]
  tell(side: Side, line: string): Promise<void>
}

interface Flood {
  readonly folder: string
  readonly block: string
  readonly times: number
  readonly megabytes: number
}

/** Megabytes a second of both, from the moment the first shell begins until both panes show that theirs is over. */
const flood = async (
  { page, screens, tell }: Place,
  { folder, block, times, megabytes }: Flood,
): Promise<number> => {
  const own = mkdtempSync(join(folder, 'flood-'))
  const [begin, end] = [join(own, 'begin'), join(own, 'end')]
  writeFileSync(begin, BEGIN)
  writeFileSync(end, END)
  const name = own.slice(-6)
  const { measured } = await armText(
    page,
    screens,
    SIDES.map(side => `${side} is over ${name}`),
  )
  const line = (side: Side): string =>
    [
      `date +%s%N > '${join(own, side)}'`,
      `stty -opost; cat '${begin}' ${Array(times).fill(`'${block}'`).join(' ')} '${end}'; stty opost`,
      // On a clean screen, and on several lines: the two terminals of tmux can differ in how wide a character is, and words get lost.
      `printf '\\033[2J'; for row in 3 9 15 21; do printf '\\033[%s;9H%s is over %s ' $row ${side} '${name}'; done`,
    ].join('; ')
  await Promise.all(SIDES.map(side => tell(side, line(side))))
  const over = await measured
  const begun = Math.min(...SIDES.map(side => Number(readFileSync(join(own, side), 'utf8')) / 1e6))
  return (megabytes * SIDES.length) / ((over - begun) / 1000)
}

const measure = async (ours: Place, other: Place, version: string, context: BenchContext) => {
  const { folder, rounds, short, log } = context
  const figures: Figure[] = []
  for (const { name, block: text, source } of streams(short)) {
    const bytes = Buffer.byteLength(text)
    const times = Math.ceil(((short ? SHORT_MEGABYTES : MEGABYTES) * 1e6) / bytes)
    const block = join(folder, 'block')
    writeFileSync(block, text)
    const given = { folder, block, times, megabytes: (times * bytes) / 1e6 }
    const [mine, theirs]: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round += 1) {
      mine.push(await flood(ours, given))
      theirs.push(await flood(other, given))
    }
    const ratio = ratioOf(mine, theirs) ?? 0
    figures.push({
      ...{ what: `${name}, both panes, total`, unit: 'MB/s', ours: mine, other: theirs, goal: 'ahead' },
      reached: short ? null : ratio > 1,
      notes: `${version}; ${given.megabytes.toFixed(1)} MB in each pane; ${source}`,
    })
    log(`${name}: ${ratio.toFixed(2)} ×`)
  }
  return figures
}

export const bench: Bench = {
  name: 'tmux',
  title: 'A flood of both panes, as a user would have it otherwise',
  against: 'tmux with two panes, its client in an xterm.js of the same Electron',
  unit: 'MB/s',
  goal: 'ahead',
  async run(context) {
    const version = tmuxVersion()
    if (version === null) {
      context.log('there is no tmux on this machine, so there is nothing to compare with')
      return { figures: [] }
    }
    const panes = await openPanes()
    try {
      const tmux = await openTmux(context.folder, await sizeOf(panes.page, 'left'))
      try {
        const ours = { page: panes.page, screens: SIDES, tell: panes.tell }
        const other = { page: tmux.bare.page, screens: ['left'] as const, tell: tmux.tell }
        return { figures: await measure(ours, other, version, context) }
      } finally {
        await tmux.close()
      }
    } finally {
      await panes.close()
    }
  },
}
