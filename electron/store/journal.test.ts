import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeLine } from '../../shared/journal/line'
import type { Stamped } from '../../shared/pair/events'
import type { Result } from '../../shared/result'
import { type AppendFile, openAppendFile } from './append-file'
import { type Journal, openJournal } from './journal'
import { readJournal } from './journal-read'
import type { StoreError } from './trouble'

const at = '2026-11-22T14:02:11.031Z'
const notice = (seq: number, text = `n${seq}`): Stamped => ({ type: 'noticed', seat: null, text, seq, at })
const durable = { sync: true }
const quick = { sync: false }

let dir: string
let path: string
let told: (string | null)[]
beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'duologue-journal-')), 'pair')
  path = join(dir, 'journal.jsonl')
  told = []
})
afterEach(() => rm(join(dir, '..'), { recursive: true, force: true }))

const onTrouble = (message: string | null): void => {
  told.push(message)
}
const value = <T>(result: Result<T, StoreError>): T => {
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}
const open = async (): Promise<Journal> => value(await openJournal(dir, { onTrouble }))
const stored = async (): Promise<readonly unknown[]> => value(await readJournal(path)).events

describe('a journal', () => {
  it('gives back what was appended, privately', async () => {
    const journal = await open()
    expect(await journal.append([notice(0), notice(1)], durable)).toEqual({ ok: true, value: undefined })
    await journal.close()
    const again = await open()
    expect([again.read, again.nextSeq()]).toEqual([{ events: [notice(0), notice(1)], damage: [] }, 2])
    await again.close()
    expect([(await stat(dir)).mode & 0o777, (await stat(path)).mode & 0o777]).toEqual([0o700, 0o600])
  })

  it('keeps the order of concurrent appends and refuses one that does not continue it', async () => {
    const journal = await open()
    const results = await Promise.all([
      journal.append([notice(0)], quick),
      journal.append([notice(2)], quick),
      journal.append([notice(1), notice(2)], durable),
      journal.append([notice(3)], quick),
    ])
    await journal.close()
    expect(results.map(result => (result.ok ? 'ok' : result.error.type))).toEqual(['ok', 'order', 'ok', 'ok'])
    expect(await stored()).toEqual([0, 1, 2, 3].map(seq => notice(seq)))
    const late = await journal.append([notice(4)], quick)
    expect(late.ok ? 'ok' : late.error.type).toBe('closed')
  })

  it('cuts a torn last line, keeps it aside and goes on', async () => {
    const first = await open()
    await first.append([notice(0)], durable)
    await first.close()
    const torn = Buffer.from(encodeLine(notice(1, 'Käse'))).subarray(0, -6) // ends inside a character
    await appendFile(path, torn)
    const journal = await open()
    expect(journal.read).toEqual({
      events: [notice(0)],
      damage: ['the last line was cut short and was left out'],
    })
    await journal.append([notice(1)], durable)
    await journal.close()
    expect(value(await readJournal(path))).toEqual({ events: [notice(0), notice(1)], damage: [] })
    expect(await readFile(join(dir, 'journal.torn'))).toEqual(Buffer.concat([torn, Buffer.from('\n')]))
  })

  it('keeps a last event that only lost its newline', async () => {
    await (await open()).close()
    await writeFile(path, encodeLine(notice(0)).trimEnd())
    const journal = await open()
    await journal.append([notice(1)], durable)
    await journal.close()
    expect(value(await readJournal(path))).toEqual({ events: [notice(0), notice(1)], damage: [] })
  })

  it('tells bad lines and gaps, keeps them aside, and leaves the file as it is', async () => {
    await (await open()).close()
    const text = [
      encodeLine(notice(0)),
      'garbage\n',
      encodeLine(notice(2)),
      encodeLine(notice(5)),
      encodeLine(notice(5)),
    ].join('')
    await writeFile(path, text)
    const journal = await open()
    expect(journal.read).toEqual({
      events: [notice(0), notice(2), notice(5)],
      damage: [
        'line 2 is unreadable (not JSON)',
        'events 3 to 4 are missing before line 4',
        'line 5 repeats or reorders event 5 and was left out',
      ],
    })
    expect(journal.nextSeq()).toBe(6)
    await journal.close()
    expect(await readFile(path, 'utf8')).toBe(text)
    expect(await readFile(join(dir, 'journal.damaged'), 'utf8')).toBe(`garbage\n${encodeLine(notice(5))}`)
  })

  it('reads a hundred thousand events', async () => {
    await (await open()).close()
    await writeFile(path, Array.from({ length: 100_000 }, (_, seq) => encodeLine(notice(seq))).join(''))
    const { events, damage } = value(await readJournal(path))
    expect([events.length, damage, events.at(-1)]).toEqual([100_000, [], notice(99_999)])
  })

  it('reads a journal that is not there as empty', async () => {
    expect(value(await readJournal(path))).toEqual({ events: [], damage: [] })
  })
})

describe('a failing disk', () => {
  /** Lets `space` bytes in, then fails as a full disk does: a part is written first. */
  const limited = (disk: { space: number; syncs: boolean; truncates: boolean }) => {
    const fault = (code: string): Error => Object.assign(new Error(code), { code })
    return async (file: string): Promise<AppendFile> => {
      const real = await openAppendFile(file)
      return {
        ...real,
        write: async bytes => {
          if (disk.space === 0) throw fault('ENOSPC')
          const written = await real.write(bytes.subarray(0, disk.space))
          disk.space -= written
          return written
        },
        sync: () => (disk.syncs ? real.sync() : Promise.reject(fault('EIO'))),
        truncate: length => (disk.truncates ? real.truncate(length) : Promise.reject(fault('EIO'))),
      }
    }
  }
  const full = 'The journal could not be written: the disk is full. Free some space, then press Resume.'

  it.each([true, false])('loses nothing and repeats nothing (can cut back at once: %s)', async truncates => {
    const disk = { space: 150, syncs: true, truncates }
    const journal = value(await openJournal(dir, { onTrouble, openFile: limited(disk) }))
    expect(await journal.append([notice(0)], durable)).toEqual({ ok: true, value: undefined })
    const failure = { ok: false, error: { type: 'full', message: full } }
    expect(await journal.append([notice(1), notice(2)], durable)).toEqual(failure)
    expect(journal.nextSeq()).toBe(1)
    disk.space = 10_000
    disk.truncates = true
    expect(await journal.append([notice(1)], durable)).toEqual({ ok: true, value: undefined })
    await journal.close()
    expect(value(await readJournal(path))).toEqual({ events: [notice(0), notice(1)], damage: [] })
    expect(told).toEqual([full, null])
  })

  it('acknowledges nothing that was not synced when asked', async () => {
    const disk = { space: 10_000, syncs: false, truncates: true }
    const journal = value(await openJournal(dir, { onTrouble, openFile: limited(disk) }))
    const result = await journal.append([notice(0)], durable)
    expect(result.ok ? 'ok' : result.error.type).toBe('io')
    expect(await stored()).toEqual([])
    await journal.close()
  })

  it.runIf(process.platform === 'linux')('answers the system’s own full device with words', async () => {
    const openFile = async () => ({
      ...(await openAppendFile('/dev/full')),
      size: 0,
      truncate: async () => {},
    })
    const journal = value(await openJournal(dir, { onTrouble, openFile }))
    expect(await journal.append([notice(0)], quick)).toEqual({
      ok: false,
      error: { type: 'full', message: full },
    })
    await journal.close()
  })

  it('refuses a folder that cannot be made', async () => {
    const result = await openJournal('/dev/null/pair', { onTrouble })
    expect(result.ok).toBe(false)
  })
})

describe('the lock', () => {
  it('lets one in, names its holder, and lets the next in after a close', async () => {
    const journal = await open()
    const second = await openJournal(dir, { onTrouble })
    expect(second).toEqual({
      ok: false,
      error: { type: 'locked', message: 'This pair is already open in this app.' },
    })
    await journal.close()
    await (await open()).close()
    expect((await readdir(dir)).sort()).toEqual(['journal.jsonl', 'lock.1', 'lock.2'])
  })
})

describe('a decision of several events', () => {
  it('is whole or not there, wherever its write was cut', async () => {
    const journal = await open()
    await journal.append([notice(0)], durable)
    const before = (await stat(path)).size
    await journal.append([notice(1), notice(2), notice(3)], durable)
    await journal.close()
    const whole = await readFile(path)
    for (let length = before; length <= whole.length; length += 1) {
      await writeFile(path, whole.subarray(0, length))
      const again = await open()
      const isWhole = length >= whole.length - 1 // only the last newline is missing
      expect(again.read.events.map(({ seq }) => seq)).toEqual(isWhole ? [0, 1, 2, 3] : [0])
      expect(again.nextSeq()).toBe(isWhole ? 4 : 1)
      await again.append([notice(again.nextSeq())], quick)
      await again.close()
      expect(value(await readJournal(path)).damage).toEqual([])
    }
  })

  it('reads what an older version wrote, and is told no more than the events', async () => {
    const journal = await open()
    await journal.append([notice(0), notice(1)], durable)
    await journal.close()
    expect(await stored()).toEqual([notice(0), notice(1)])
  })
})
