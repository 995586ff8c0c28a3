import { describe, expect, test } from 'vitest'
import { asRequestId } from '../../shared/ids'
import { layout } from './block'
import { type Composer, EMPTY, edit, written } from './composer'
import { openDialog, press } from './dialog'
import { createPaint, entryLines } from './entry'
import { createKeyReader, type Key } from './keys'
import { cells, clip, plain, wrap } from './width'

const paint = createPaint(false)
const type = (...keys: readonly Key[]): Composer => keys.reduce(edit, EMPTY)
const text = (value: string): Key => ({ type: 'text', text: value })
const name = (value: Extract<Key, { type: 'press' }>['name']): Key => ({ type: 'press', name: value })

describe('keys', () => {
  test('sequences and pastes that arrive in pieces are put together', () => {
    const reader = createKeyReader()
    expect([
      ...reader.push('a\u001b'),
      ...reader.push('[A\u001b[200~x\r'),
      ...reader.push('y\u001b[20'),
      ...reader.push('1~\r'),
    ]).toEqual([text('a'), name('up'), { type: 'paste', text: 'x\ry' }, name('enter')])
    expect(reader.pending()).toBe(false)
  })

  test('a lone ESC is Escape only when nothing follows; unknown sequences are nothing', () => {
    const reader = createKeyReader()
    expect(reader.push('\u001b[99;5u\u001b')).toEqual([])
    expect(reader.pending()).toBe(true)
    expect(reader.flush()).toEqual([name('escape')])
  })
})

describe('composer', () => {
  test('the cursor steps over whole graphemes', () => {
    const line = type(text('a👩‍👧é'), name('left'), name('backspace'), text('b'))
    expect(written(line)).toBe('abé')
    expect(line.at).toBe(2)
  })

  test('a paste is one line and brings no control bytes', () => {
    expect(written(type({ type: 'paste', text: 'a\u001b[31m\r\nb\u0007' }))).toBe('a b')
  })
})

test('cells: wide, combined and plain', () => {
  expect([cells('abc'), cells('世界'), cells('🌍'), cells('e\u0301'), cells('👩‍👧')]).toEqual([3, 4, 2, 1, 2])
  expect(clip('世界世界', 5)).toBe('世界…')
  expect(plain('a\u001b]0;t\u0007\u001b[2Jb\u009bc')).toBe('abc')
})

test('every line of the block fits, however narrow, and the cursor stays in it', () => {
  const request = openDialog({
    ...{ type: 'approval', id: asRequestId('r'), title: '世'.repeat(80), body: 'x'.repeat(200), reason: '' },
    choices: ['allow', 'deny'],
  })
  const composer = type(text('世界 '.repeat(50)))
  for (const cols of [12, 40, 100]) {
    for (const dialog of [null, request]) {
      const state = { doing: 'Working '.repeat(20), seconds: 75, frame: 3, waiting: 2, composer, dialog }
      const block = layout({ ...state, hint: '', folder: '/a/very/long/folder' }, cols, paint)
      expect(Math.max(...block.lines.map(cells))).toBeLessThan(cols)
      expect(block.cursor === null || block.cursor.col < cols).toBe(true)
    }
  }
})

test('a dialog: digits and y decide, arrows wrap around, a paste decides nothing', () => {
  const dialog = openDialog({
    ...{ type: 'approval', id: asRequestId('r'), title: 't', body: 'b', reason: '' },
    choices: ['allow', 'deny'],
  })
  const deny = { type: 'answered', answer: { type: 'approval', choice: 'deny' } }
  expect(press(dialog, text('2'))).toEqual(deny)
  expect(press(dialog, text('y'))).toMatchObject({ answer: { choice: 'allow' } })
  expect(press(dialog, { type: 'paste', text: 'y' })).toEqual({ type: 'open', dialog })
  const up = press(dialog, name('up'))
  expect(up.type === 'open' && press(up.dialog, name('enter'))).toEqual(deny)
})

test('an entry is bounded and cannot drive the terminal', () => {
  const long = Array.from({ length: 40 }, (_, at) => `line ${at}\u001b[2J`).join('\n')
  const lines = entryLines({ kind: 'message', title: 'From\u001b[0m', text: long }, paint, 80)
  expect(lines).toHaveLength(2 + 16 + 1)
  expect(lines.join('\n')).not.toContain('\u001b')
  expect(lines.at(-1)).toBe('  │ … 24 more lines')
})

test('rows are broken at words, keep their lead, and never exceed the width', () => {
  expect(wrap('emoji are dropped from the slug', 14)).toEqual(['emoji are', 'dropped from', 'the slug'])
  expect(wrap('  status     show what git says', 16)).toEqual(['  status', '  show what git', '  says'])
  expect(wrap('世界世界世界 a', 5)).toEqual(['世界', '世界', '世界', 'a'])
  expect(wrap('', 10)).toEqual([''])
  const entry = { kind: 'message', title: 'A title of several words', text: `+${'word '.repeat(40)}` }
  for (const cols of [12, 31, 80]) {
    const lines = entryLines(entry, paint, cols)
    expect(Math.max(...lines.map(cells))).toBeLessThan(cols)
    expect(
      lines
        .join(' ')
        .match(/wor?d?\b/g)
        ?.every(part => part === 'word'),
    ).toBe(true)
  }
})
