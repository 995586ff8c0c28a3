import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { castHeader, castLine } from '../../shared/terminal/cast'
import { runLabel } from '../../shared/terminal/keyframe'
import { createLooks } from '../../shared/transcript/looks'
import { BY_RULES, createRedactor, type Found } from '../../shared/transcript/redact'
import type { ScreenPart } from '../../shared/transcript/screens'
import { screenChunks } from './screen-chunks'
import { screensOf, type TakenPart } from './screens'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'duologue-screens-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const BEGAN = Date.UTC(2026, 10, 22, 14)
const secret = `ghp_${'aB3dE6gH9'.repeat(4)}`

type Output = readonly [seconds: number, text: string]

const record = async (outputs: readonly Output[], cols = 30, name = 'driver'): Promise<string> => {
  const path = join(root, `${name}.cast`)
  const mark = castLine([0, 'm', runLabel(new Date(BEGAN).toISOString())])
  const lines = outputs.map(([at, text]) => castLine([at, 'o', text]))
  await writeFile(path, castHeader({ version: 2, width: cols, height: 6 }) + mark + lines.join(''))
  return path
}

const taken = async (
  path: string,
  sent: readonly number[] = [],
  found: (found: Found, text: string) => void = () => undefined,
): Promise<readonly TakenPart[]> => {
  const parts: TakenPart[] = []
  const redactor = createRedactor(BY_RULES)
  const deps = {
    looks: createLooks(),
    redactor,
    found,
    sent: new Map(sent.map((at, n) => [`d${n}`, at])),
    partChars: 20_000,
  }
  for await (const part of screensOf(path, deps)) parts.push(part)
  return parts
}

/** Each screen as text, by its second, as the page puts it together. */
const played = (parts: readonly { readonly part: ScreenPart }[]): readonly (readonly [number, string])[] =>
  parts.flatMap(({ part }) => {
    let rows: string[] = []
    return part.frames.map(([at, , height, changes]) => {
      rows = rows.slice(0, height)
      for (let each = 0; each < changes.length; each += 2) {
        const line = part.lines[changes[each + 1] ?? 0] ?? []
        rows[changes[each] ?? 0] = line.filter((_, at) => at % 2 === 1).join('')
      }
      return [(at - BEGAN) / 1000, rows.join('\n').trimEnd()] as const
    })
  })

it('takes a screen after each burst, and at a handoff exactly', async () => {
  const path = await record([
    [1, 'one\r\n'],
    [1.03, 'two\r\n'],
    [5, 'three\r\n'],
    [5.05, 'four\r\n'],
    [9, '\x1b[2J\x1b[Hfive'],
  ])
  expect(played(await taken(path, [BEGAN + 5_020]))).toEqual([
    [1.03, 'one\ntwo'],
    [5, 'one\ntwo\nthree'],
    [5.05, 'one\ntwo\nthree\nfour'],
    [9, 'five'],
  ])
})

it('blots out a secret where it stands, wrapped or redrawn in pieces, and says what it was', async () => {
  const found: string[] = []
  const path = await record([
    [1, `key ${secret}\r\nnext`],
    [3, `\x1b[2J\x1b[H${secret.slice(0, 20)}`],
    [3.01, secret.slice(20)],
  ])
  const screens = played(await taken(path, [], ({ value }) => found.push(value))).map(([, text]) => text)
  expect(screens[0]?.replace(/\n/g, '')).toBe(`key ${'•'.repeat(secret.length)}next`)
  expect(screens[1]?.replace(/\n/g, '')).toBe('•'.repeat(secret.length))
  expect(new Set(found)).toEqual(new Set([secret]))
})

it('hides the lines of a private key, also when its beginning has scrolled away', async () => {
  const body = ['MIIEvQIBADANBgkq', 'hkiG9w0BAQEFAASC']
  const [begin, end] = ['BEGIN', 'END'].map(edge => `-----${edge} PRIVATE KEY-----`)
  const path = await record([
    [1, [begin, ...body, end, 'after'].join('\r\n')],
    [2, '\r\n1\r\n2\r\n3'],
  ])
  const screens = played(await taken(path)).map(([, text]) => text)
  expect(screens).toHaveLength(2)
  for (const screen of screens) {
    expect(screen).toContain('after')
    for (const line of body) expect(screen).not.toContain(line)
  }
})

it('comes in parts that each begin with a whole screen, whatever the length', async () => {
  const path = await record(
    Array.from({ length: 400 }, (_, at) => [at, `line ${at} ${'abcdefghij'.repeat(at % 12)}\r\n`] as const),
    130,
  )
  const parts = await taken(path)
  expect(parts.length).toBeGreaterThan(1)
  for (const { part, from, until } of parts) {
    expect(part.frames[0]?.[0]).toBe(from)
    expect(part.frames.at(-1)?.[0]).toBe(until)
    expect(part.frames[0]?.[3].length).toBe(12)
  }
  const all = played(parts)
  expect(all.at(-1)?.[1]).toContain('line 399')
  expect(all.map(([at]) => at)).toEqual(all.map(([at]) => at).sort((a, b) => a - b))
})

it('beyond its room keeps what was on the screens at handoffs, and says how much is left out', async () => {
  const lines = Array.from(
    { length: 600 },
    (_, at) => [at, `line ${at} ${'abcdefghij'.repeat(at % 12)}\r\n`] as const,
  )
  await record(lines, 130)
  const sent = new Map([['d', BEGAN + 500_500]])
  const deps = {
    pairDir: root,
    driver: 'left',
    redactor: createRedactor(BY_RULES),
    sent,
    partChars: 20_000,
  } as const
  const chunks: string[] = []
  for await (const chunk of screenChunks({ ...deps, room: { whole: 1, handoffs: 10_000_000 } }))
    chunks.push(chunk)
  const packed = chunks.flatMap(chunk => /data-from[^>]*>([^<]+)</.exec(chunk)?.[1] ?? [])
  const parts = packed.map(text => ({
    part: JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString('utf8')) as ScreenPart,
  }))
  expect(parts).toHaveLength(2)
  const shown = played(parts)
    .filter(([at]) => at <= 500.5)
    .at(-1)
  expect(shown?.[1]).toContain('line 500')
  expect(shown?.[1]).not.toContain('line 501')
  expect(chunks.filter(chunk => chunk.includes('left-out'))).toHaveLength(1)
})

it('has nothing to show of a seat that was not recorded', async () => {
  expect(await taken(join(root, 'none.cast'))).toEqual([])
})
