import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlanItem } from '../review/plan'
import { diffPlans } from './plan-diff'
import { diffWords } from './word-diff'

const item = (id: string, text = `do ${id}`, files: readonly string[] = []): PlanItem => ({
  id,
  text,
  why: `because ${id}`,
  files,
})
const kinds = (before: readonly PlanItem[], after: readonly PlanItem[]) =>
  diffPlans(before, after).map(row => `${row.type} ${row.id}`)

describe('two versions of a plan', () => {
  it('shows an item that changed with its words', () => {
    const before = item('1', 'Retry three times', ['src/a.ts', 'src/b.ts'])
    const after = item('1', 'Retry five times', ['src/b.ts', 'src/c.ts'])
    expect(diffPlans([before], [after])).toEqual([
      {
        type: 'changed',
        id: '1',
        before,
        after,
        moved: false,
        text: [
          { type: 'same', text: 'Retry ' },
          { type: 'removed', text: 'three' },
          { type: 'added', text: 'five' },
          { type: 'same', text: ' times' },
        ],
        why: [{ type: 'same', text: 'because 1' }],
        files: { added: ['src/c.ts'], removed: ['src/a.ts'] },
      },
    ])
  })

  it('keeps a removed item where it stood', () => {
    const [a, b, c, d] = [item('a'), item('b'), item('c'), item('d')]
    expect(kinds([a, b, c], [a, c, d])).toEqual(['same a', 'removed b', 'same c', 'added d'])
    expect(kinds([a, b], [b])).toEqual(['removed a', 'same b'])
    expect(kinds([a], [])).toEqual(['removed a'])
  })

  it('calls moved as few items as explain the order', () => {
    const [a, b, c, d] = [item('a'), item('b'), item('c'), item('d')]
    expect(kinds([a, b, c, d], [d, a, b, c])).toEqual(['moved d', 'same a', 'same b', 'same c'])
    expect(diffPlans([a, b, c], [c, a, { ...b, why: 'new' }]).map(row => row.type)).toEqual([
      'moved',
      'same',
      'changed',
    ])
    expect(diffPlans([a, b, c], [{ ...c, why: 'new' }, a, b])[0]).toMatchObject({
      type: 'changed',
      moved: true,
    })
  })

  it('tells an id given twice apart by its place', () => {
    expect(kinds([item('a'), item('a', 'more')], [item('a')])).toEqual(['same a', 'removed a'])
  })

  it('holds every item of both versions once, and mirrors', () => {
    const plan = fc
      .uniqueArray(fc.integer({ min: 0, max: 9 }))
      .chain(ids => fc.tuple(...ids.map(id => fc.constantFrom(item(`${id}`), item(`${id}`, 'other')))))
    fc.assert(
      fc.property(plan, plan, (before, after) => {
        const rows = diffPlans(before, after)
        expect(rows.flatMap(row => ('after' in row ? [row.after] : []))).toEqual(after)
        const old = rows.flatMap(row => ('before' in row ? [row.before] : []))
        expect(new Set(old)).toEqual(new Set(before))
        expect(old.length).toBe(before.length)
        const back = diffPlans(after, before)
        const count = (among: typeof rows, type: string) => among.filter(row => row.type === type).length
        expect(count(back, 'added')).toBe(count(rows, 'removed'))
        const moved = (among: typeof rows) =>
          among.filter(row => row.type === 'moved' || (row.type === 'changed' && row.moved)).length
        expect(moved(back)).toBe(moved(rows))
        expect(diffPlans(after, after).every(row => row.type === 'same')).toBe(true)
      }),
    )
  })
})

describe('words', () => {
  it('loses nothing', () => {
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom('a', 'b', 'c', ' ', '.', 'é')).map(all => all.join('')),
    )
    fc.assert(
      fc.property(text, text, (before, after) => {
        const parts = diffWords(before, after)
        const side = (left: 'added' | 'removed') =>
          parts
            .filter(part => part.type !== left)
            .map(part => part.text)
            .join('')
        expect([side('added'), side('removed')]).toEqual([before, after])
      }),
    )
  })

  it('shows very long texts as replaced', () => {
    const before = 'a '.repeat(3_000)
    expect(diffWords(before, `${before}b`).map(part => part.type)).toEqual(['removed', 'added'])
  })
})
