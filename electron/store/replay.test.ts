import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { Terminal } from '@xterm/headless'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { atOnce, type ReplayFrame, type ReplayStep } from '../../shared/replay/frames'
import { parseCastLine } from '../../shared/terminal/cast'
import { EMPTIED, KEYFRAME_BYTES, parseKeyLine } from '../../shared/terminal/keyframe'
import { createFakeSpawner } from '../pty/fake-pty'
import { createTerminalSession } from '../pty/session'
import { stateOf } from '../pty/state-of'
import { keysPath } from './keyframes'
import { buildKeyframes as build } from './keyframes-build'
import { openRecorder } from './recordings'
import { openReplay, type Replay } from './replay'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'duologue-replay-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const mustNotBuild = (): Promise<void> => Promise.reject(new Error('the keyframes were made again'))

const opened = async (path: string, make = build): Promise<Replay> => {
  const replay = await openReplay(path, make, new Map())
  if (!replay) throw new Error(`nothing to replay in ${path}`)
  return replay
}

const newTerminal = (cols: number, rows: number): Terminal => {
  const terminal = new Terminal({ cols, rows, scrollback: 5_000, allowProposedApi: true, logLevel: 'off' })
  terminal.loadAddon(new Unicode11Addon())
  terminal.unicode.activeVersion = '11'
  return terminal
}
const written = (terminal: Terminal, data: string): Promise<void> =>
  new Promise(resolve => terminal.write(data, resolve))

const play = async (terminal: Terminal, steps: readonly ReplayStep[]): Promise<void> => {
  for (const step of steps) {
    if (step.type === 'output') await written(terminal, step.data)
    else terminal.resize(step.cols, step.rows)
  }
}

/** As the window does it. */
const shown = async (frame: ReplayFrame): Promise<Terminal> => {
  const terminal = newTerminal(frame.cols, frame.rows)
  await written(terminal, `left on\x1b[?25l\x1b[31m${EMPTIED}${atOnce(frame.screen)}`)
  await play(terminal, frame.steps)
  return terminal
}

/** Every line of the recording up to `at`, into a fresh terminal. */
const playedTo = async (path: string, began: number, at: number): Promise<Terminal> => {
  const [head = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n')
  const { width, height } = JSON.parse(head)
  const terminal = newTerminal(width, height)
  for (const line of lines) {
    const [seconds, kind, text] = parseCastLine(line) ?? [0, 'm', '']
    if (Math.round(seconds * 1000) > at - began) break
    const [cols = 0, rows = 0] = kind === 'r' ? text.split('x').map(Number) : []
    if (kind === 'r') terminal.resize(cols, rows)
    if (kind === 'o') await written(terminal, text)
  }
  return terminal
}

/**
 * What can be told apart. A keyframe has the end of the scrollback; that a line goes on in the next is kept where it
 * shows (`serialize-cells.ts`).
 */
const comparable = (terminal: Terminal, above: number) => {
  const { normal, ...rest } = stateOf(terminal)
  const plain = (lines: readonly string[] | undefined) => lines?.map(line => line.replace('↩', ''))
  return {
    ...rest,
    cursor: { x: rest.cursor.x, y: rest.cursor.y },
    normal: plain(normal)?.slice(-(terminal.rows + above)),
    alternate: plain(rest.alternate),
  }
}
const linesAbove = (terminal: Terminal): number => terminal.buffer.normal.length - terminal.rows

const ansi = fc.constantFrom(
  ...['\r\n', '\x1b[2J\x1b[H', '\x1b[K', '\x1b[3;8H', '\x1b[31m', '\x1b[0m', '\x1b[7m', '\x1b[48;5;22m'],
  ...['\x1b[?1049h', '\x1b[?1049l', '\x1b[?25l', '\x1b[?2004h', '\x1b[2;6r', '\x1b[r', '\x1b7', '\x1b8'],
  ...['\x1b[L', '\x1b[3P', '\x1bM', '\t', '漢字', '\x1b(0', '\x1b(B', '\x1b[?2026h', '\x1b[?2026l', '\x1bc'],
  // Sequences and characters that come in pieces.
  ...['\x1b[1;', '31m', '\x1b]0;tit', 'le\x07', '\x1b'],
)
/**
 * Makes a keyframe due, with more lines than one keeps, and fewer than fill the scrollback: in a terminal that is full
 * xterm.js no longer moves a saved cursor with its line.
 */
const FLOOD = `${'\r\x1b[K\x1b[32mflood 漢\x1b[0m'.repeat(25)}\r\n`.repeat(300)
const piece = fc.oneof(
  { weight: 6, arbitrary: ansi },
  { weight: 4, arbitrary: fc.string({ minLength: 1, maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 40 }).map(n => `line ${n} ${'x'.repeat(n)}\r\n`.repeat(40)),
  },
  { weight: 1, arbitrary: fc.constant(FLOOD) },
)
type Act =
  | { readonly type: 'say'; readonly data: string }
  | { readonly type: 'size'; readonly cols: number; readonly rows: number }
  | { readonly type: 'restart'; readonly past: string }
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 10, arbitrary: piece.map(data => ({ type: 'say', data }) as const) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('size' as const),
      cols: fc.integer({ min: 10, max: 90 }),
      rows: fc.integer({ min: 4, max: 30 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('restart' as const),
      past: fc.constantFrom('', 'as it was\r\n'),
    }),
  },
)

const BEGAN = 1_700_000_000_123

/** Records what a session's program does, through restarts of the app. Gives the moment of each act. */
const record = async (path: string, acts: readonly { readonly act: Act; readonly wait: number }[]) => {
  let now = BEGAN
  const size = { cols: 40, rows: 10 }
  const start = (restore: string) => {
    const recorder = openRecorder({
      path,
      ...size,
      title: 'driver',
      now: () => now,
      failed: error => expect.fail(error.message),
    })
    if (!recorder.ok) throw recorder.error
    const { spawn, spawned } = createFakeSpawner()
    const session = createTerminalSession({
      ...size,
      spawn,
      recorder: recorder.value,
      ...(restore ? { restore } : {}),
    })
    session.run({ file: 'x', args: [], cwd: '/', env: {} })
    return { recorder: recorder.value, session, say: (data: string) => spawned[0]?.say(data) }
  }
  const stop = async ({ session, recorder }: ReturnType<typeof start>) => {
    await session.screen()
    session.dispose()
    recorder.close()
  }
  let run = start('')
  const moments = [now]
  for (const { act, wait } of acts) {
    now += wait
    if (act.type === 'say') run.say(act.data)
    // A program that is paused says it later.
    await run.session.screen()
    if (act.type === 'size') {
      run.session.resize(act.cols, act.rows)
      await new Promise(resolve => setTimeout(resolve, 60))
    }
    if (act.type === 'restart') {
      await stop(run)
      now += 3_600_000
      run = start(act.past)
    }
    moments.push(now)
  }
  await stop(run)
  return moments
}

/** The seconds of a moment, by the runs' own markers: what `playedTo` counts in. */
const secondsOf = (path: string, at: number): number => {
  let [wall, seconds] = [BEGAN, 0]
  let next: number | undefined
  for (const line of readFileSync(path, 'utf8').trimEnd().split('\n').slice(1)) {
    const event = parseCastLine(line)
    const began =
      event?.[1] === 'm' && event[2].startsWith('Run began ') ? Date.parse(event[2].slice(10)) : Number.NaN
    if (!event || Number.isNaN(began)) continue
    if (began <= at) [wall, seconds] = [began, event[0]]
    else next ??= event[0]
  }
  const here = seconds + (at - wall) / 1000
  return next === undefined ? here : Math.min(here, next - 0.001)
}

/** A flood on the heels of a keyframe makes none. */
const FLOOD_AFTER_MS = 300
const notAtOnce = (step: { readonly act: Act; readonly wait: number }) =>
  step.act.type === 'say' && step.act.data === FLOOD ? { ...step, wait: step.wait + FLOOD_AFTER_MS } : step

test('to seek is to have played everything until then, cell for cell', async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ act, wait: fc.integer({ min: 0, max: 20_000 }) }).map(notAtOnce), {
        minLength: 1,
        maxLength: 40,
      }),
      async acts => {
        const path = join(folder, `random-${run++}.cast`)
        const moments = await record(path, acts)
        const written = await opened(path, mustNotBuild)
        const floods = acts.filter(({ act }) => act.type === 'say' && act.data === FLOOD)
        expect(keyframesIn(path)).toBeGreaterThanOrEqual(floods.length)
        const made = join(folder, `made-${run}.cast`)
        copyFileSync(path, made)
        const rebuilt = await opened(made)
        for (const at of moments.filter((_, index) => index % 5 === 0 || index === moments.length - 1)) {
          const truth = await playedTo(path, 0, Math.round(secondsOf(path, at) * 1000))
          for (const replay of [written, rebuilt]) {
            const sought = await shown(await replay.frameAt(at))
            const above = linesAbove(sought)
            expect(comparable(sought, above)).toEqual(comparable(truth, above))
            sought.dispose()
          }
          truth.dispose()
        }
      },
    ),
    { numRuns: 25, examples: [[[{ act: { type: 'say', data: FLOOD }, wait: FLOOD_AFTER_MS }]]] },
  )
}, 120_000)

/** Half a megabyte through a session, so that there are keyframes. */
const recorded = async (
  name: string,
): Promise<{ readonly path: string; readonly moments: readonly number[] }> => {
  const path = join(folder, name)
  const say = (index: number) => ({
    act: {
      type: 'say',
      data: `\x1b[${30 + (index % 8)}mpart ${index} ${'word '.repeat(2_000)}\r\n`,
    } as const,
    wait: 1_000,
  })
  return {
    path,
    moments: await record(
      path,
      Array.from({ length: 80 }, (_, index) => say(index)),
    ),
  }
}

const keyframesIn = (path: string): number =>
  readFileSync(keysPath(path), 'utf8')
    .split('\n')
    .filter(line => 'key' in (parseKeyLine(line) ?? {})).length

/** Without what is above the screen: how much of that there is depends on the keyframe. */
const screenAt = async (replay: Replay, at: number) => comparable(await shown(await replay.frameAt(at)), 0)

test('keyframes stand beside the recording, for their owner alone, and a seek reads from the last', async () => {
  const { path, moments } = await recorded('beside.cast')
  expect(keyframesIn(path)).toBeGreaterThan(1)
  expect(statSync(keysPath(path)).mode & 0o777).toBe(0o600)
  const frame = await (await opened(path, mustNotBuild)).frameAt(moments.at(-1) ?? 0)
  const size = frame.steps.reduce((sum, step) => sum + (step.type === 'output' ? step.data.length : 0), 0)
  expect(frame.screen).not.toBe('')
  expect(size).toBeLessThan(KEYFRAME_BYTES)
  expect(frame.next).toBe(statSync(path).size)
})

test.each<readonly [string, (path: string) => void]>([
  ['are gone', path => rmSync(keysPath(path))],
  [
    'are those of another recording',
    path => writeFileSync(keysPath(path), readFileSync(join(folder, 'other.keys'))),
  ],
  [
    'are of a recording that was longer then',
    path => {
      const lines = readFileSync(path, 'utf8').split('\n')
      writeFileSync(path, `${lines.slice(0, 20).join('\n')}\n`)
    },
  ],
  [
    'lack one',
    path => writeFileSync(keysPath(path), readFileSync(keysPath(path), 'utf8').replace(/\{"key":.*\n/g, '')),
  ],
  [
    'have a line that is none',
    path => writeFileSync(keysPath(path), `nonsense\n${readFileSync(keysPath(path), 'utf8')}`),
  ],
  [
    'have a damaged screen',
    path =>
      writeFileSync(
        keysPath(path),
        readFileSync(keysPath(path), 'utf8').replaceAll(/"key":".{40}/g, `"key":"${'A'.repeat(40)}`),
      ),
  ],
])('keyframes that %s are made again', async (name, damage) => {
  await recorded('other.cast').then(({ path }) => rmSync(path))
  const { path, moments } = await recorded(`${name}.cast`)
  damage(path)
  let built = 0
  const replay = await opened(path, async (cast, keys) => {
    built += 1
    await build(cast, keys)
  })
  const at = moments[70] ?? 0
  const truth = await playedTo(path, 0, Math.round(secondsOf(path, at) * 1000))
  const sought = await shown(await replay.frameAt(at))
  expect(comparable(sought, linesAbove(sought))).toEqual(comparable(truth, linesAbove(sought)))
  // A recording so short needs no keyframe, but the file of its beginning.
  expect(built).toBe(name === 'lack one' ? 0 : 1)
  await opened(path, mustNotBuild)
})

test('keyframes that are damaged are made again once, however many moments are asked for', async () => {
  const { path, moments } = await recorded('damaged-once.cast')
  const wanted = await screenAt(await opened(path), moments[70] ?? 0)
  let built = 0
  const replay = await opened(path, async (cast, keys) => {
    built += 1
    await build(cast, keys)
  })
  const text = readFileSync(keysPath(path), 'utf8')
  writeFileSync(keysPath(path), text.replaceAll(/"key":".{40}/g, `"key":"${'A'.repeat(40)}`))
  const screens = await Promise.all([70, 70, 70].map(index => screenAt(replay, moments[index] ?? 0)))
  expect(screens).toEqual([wanted, wanted, wanted])
  expect(built).toBe(1)
})

test('a torn last line of the keyframes is left out', async () => {
  const { path, moments } = await recorded('torn.cast')
  const whole = await screenAt(await opened(path), moments.at(-1) ?? 0)
  truncateSync(keysPath(path), statSync(keysPath(path)).size - 30)
  expect(await screenAt(await opened(path, mustNotBuild), moments.at(-1) ?? 0)).toEqual(whole)
})

test('what a recorder adds while the keyframes are made is kept', async () => {
  const { path } = await recorded('goes-on.cast')
  rmSync(keysPath(path))
  const recorder = openRecorder({
    ...{ path, cols: 40, rows: 10, title: 'driver', now: () => BEGAN + 9_000_000 },
    failed: error => expect.fail(error.message),
  })
  if (!recorder.ok) throw recorder.error
  const replay = await opened(path, async (cast, keys) => {
    await build(cast, keys)
    recorder.value.output('after\r\n'.repeat(120_000))
    recorder.value.keyframe()?.({ cols: 40, rows: 10, screen: 'as it was then' })
    recorder.value.marker('Handoff 2')
    recorder.value.flush()
  })
  const frame = await replay.frameAt(BEGAN + 9_000_000)
  expect(frame).toMatchObject({ screen: 'as it was then', steps: [] })
  recorder.value.close()
})

test('what a recorder adds before it is read for the keyframes is in them once', async () => {
  const { path } = await recorded('meanwhile.cast')
  rmSync(keysPath(path))
  const recorder = openRecorder({
    ...{ path, cols: 40, rows: 10, title: 'driver', now: () => BEGAN + 9_000_000 },
    failed: error => expect.fail(error.message),
  })
  if (!recorder.ok) throw recorder.error
  const say = (text: string, times: number): void => {
    for (let index = 0; index < times; index++) recorder.value.output(`${text} ${index} `.repeat(3_000))
  }
  const replay = await opened(path, async (cast, keys) => {
    say('first', 7)
    recorder.value.keyframe()?.({ cols: 40, rows: 10, screen: 'of the recorder' })
    say('then', 12)
    recorder.value.marker('Handoff 2')
    await build(cast, keys)
  })
  const frame = await replay.frameAt(BEGAN + 9_000_000)
  expect(frame.screen).not.toBe('of the recorder')
  const marks = readFileSync(keysPath(path), 'utf8').match(/"mark":"Handoff 2"/g)
  expect(marks).toHaveLength(1)
  recorder.value.close()
})

test('to read on gives what follows, piece by piece', async () => {
  const { path, moments } = await recorded('pieces.cast')
  const replay = await opened(path)
  const middle = moments[10] ?? 0
  const frame = await replay.frameAt(middle)
  const terminal = await shown(frame)
  let { next } = frame
  for (;;) {
    const piece = await replay.read(next, null)
    await play(terminal, piece.steps)
    next = piece.next
    expect(piece.until === null).toBe(!piece.more)
    if (!piece.more) break
  }
  expect(comparable(terminal, 0)).toEqual(await screenAt(replay, moments.at(-1) ?? 0))
  expect(await replay.read(next, 4_711)).toEqual({ steps: [], next, until: 4_711, more: false })
})

test('a torn last line of a recording is not shown', async () => {
  const { path, moments } = await recorded('torn-cast.cast')
  const whole = await screenAt(await opened(path), moments.at(-1) ?? 0)
  appendFileSync(path, '[99.0,"o","to')
  expect(await screenAt(await opened(path), moments.at(-1) ?? 0)).toEqual(whole)
})

test('a recording without keyframes and markers is replayed by its header', async () => {
  const path = join(folder, 'old.cast')
  const line = (second: number, text: string) => `[${second}.5,"o","${text}"]\n`
  writeFileSync(
    path,
    `{"version":2,"width":20,"height":4,"timestamp":1700000000}\n${line(1, 'one')}${line(5, ' two')}`,
  )
  const replay = await opened(path)
  expect(await replay.spans()).toEqual([{ from: 1_700_000_000_000, to: 1_700_000_005_500 }])
  expect((await replay.frameAt(1_700_000_002_000)).steps).toEqual([{ type: 'output', data: 'one' }])
  expect((await replay.frameAt(1_700_000_009_000)).steps).toEqual([{ type: 'output', data: 'one two' }])
})
