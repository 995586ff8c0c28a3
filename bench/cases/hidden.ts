/** The relay while the window is hidden: nothing of it may wait for a page that nobody sees. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import type { Event } from '../../e2e/app'
import { linesOf } from '../../e2e/soak/account'
import { chanceOf } from '../../e2e/soak/chance'
import { deskOf } from '../../e2e/soak/desk'
import { answerAll, hasEnded, type Pair } from '../../e2e/soak/human'
import { request } from '../app/panes'
import { isUp, openApp } from '../app/practice'
import { until } from '../app/until'
import type { Bench, BenchContext, Figure } from '../bench'
import { percentile } from '../samples'

/** Pairs of each kind in a round; each hands over some four times. */
const PAIRS = 4
const MORE = { p50: 2, p99: 10 } as const

const timeOf = ({ at }: Event): number => Date.parse(String(at))

/** Milliseconds from each turn's end until the handoff that follows is written as being sent. */
const waysOf = (events: readonly Event[]): readonly number[] =>
  events.flatMap((event, index) => {
    const handoff = events.find(
      ({ type, id, kind }) => type === 'deliveryQueued' && id === event.id && kind === 'handoff',
    )
    if (event.type !== 'deliverySending' || !handoff) return []
    const ended = events
      .slice(0, index)
      .filter(({ type }) => type === 'turnEnded')
      .at(-1)
    return ended ? [timeOf(event) - timeOf(ended)] : []
  })

const show = (app: ElectronApplication, visible: boolean): Promise<void> =>
  app.evaluate(({ BrowserWindow }, on) => {
    const [window] = BrowserWindow.getAllWindows()
    if (on) window?.show()
    else window?.hide()
  }, visible)

/** A whole practice pair, from its intent to its end; what it asks is answered as soon as it asks. */
const playPair = async (app: ElectronApplication, pairs: string): Promise<readonly number[]> => {
  const all = () => (existsSync(pairs) ? readdirSync(pairs) : [])
  const before = new Set(all())
  await request(app, 'pairs.start', {
    ...{ folder: null, intent: 'Make slugify() handle accents and repeated separators; keep the API.' },
    ...{ left: { agent: 'practice' }, right: { agent: 'practice' }, rounds: 5 },
  })
  const id = all().find(name => !before.has(name))
  if (id === undefined) throw new Error('no pair was begun')
  const pairNow = (): Pair => ({
    id,
    main: app.process().pid ?? 0,
    events: linesOf(join(pairs, id, 'journal.jsonl')),
  })
  const desk = deskOf(app)
  await desk.openNewest()
  await until('the pair’s end', async () => {
    await answerAll(desk, pairNow(), chanceOf(1))
    return hasEnded(pairNow())
  })
  const ways = waysOf(pairNow().events)
  await request(app, 'pairs.close', { pair: id })
  return ways
}

const figureOf = (ours: readonly number[], other: readonly number[], short: boolean): Figure => {
  const more = (share: number) => percentile(ours, share) - percentile(other, share)
  return {
    ...{ what: 'a turn’s end → its handoff written as being sent', unit: 'ms', ours, other },
    goal: `p50 +${MORE.p50} ms, p99 +${MORE.p99} ms at most`,
    reached: short ? null : more(0.5) <= MORE.p50 && more(0.99) <= MORE.p99,
    notes: `with the measuring of the work tree by git; p99 ${percentile(ours, 0.99).toFixed(0)} ms against ${percentile(other, 0.99).toFixed(0)} ms`,
  }
}

const measure = async (
  app: ElectronApplication,
  pairs: string,
  { rounds, short }: BenchContext,
): Promise<readonly Figure[]> => {
  const [ours, other]: [number[], number[]] = [[], []]
  for (let n = 0; n < (short ? 1 : rounds * PAIRS); n += 1) {
    await show(app, false)
    ours.push(...(await playPair(app, pairs)))
    await show(app, true)
    other.push(...(await playPair(app, pairs)))
  }
  return [figureOf(ours, other, short)]
}

export const bench: Bench = {
  name: 'hidden',
  title: 'The relay with the window hidden',
  against: 'the window shown',
  unit: 'ms',
  goal: 'the same',
  async run(context) {
    const { app, page, room, close } = await openApp()
    try {
      await isUp(page)
      return { figures: await measure(app, join(room.data, 'pairs'), context) }
    } finally {
      await close()
    }
  },
}
