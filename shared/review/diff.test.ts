import { describe, expect, it } from 'vitest'
import { createPatchSplitter, joinPatches, parseChanges, parseNumstat, parseRaw } from './diff'

const same = (bytes: string): string => bytes
const id = (letter: string): string => letter.repeat(40)

describe('what git prints', () => {
  it('is read also with tabs, newlines and quotes in names', () => {
    expect(parseNumstat('1\t2\ta\tb\n.txt\0-\t-\tbin\x003\t0\t\0old\0new\0')).toEqual([
      { path: 'a\tb\n.txt', added: 1, removed: 2, binary: false },
      { path: 'bin', added: 0, removed: 0, binary: true },
      { path: 'new', added: 3, removed: 0, binary: false },
    ])
    const raw = `:100644 120000 ${id('a')} ${id('b')} T\0:1 "q"\n\0:100644 100644 ${id('c')} ${id('d')} R086\0old\0new\0`
    expect(parseRaw(raw)).toEqual([
      {
        oldMode: '100644',
        newMode: '120000',
        oldId: id('a'),
        newId: id('b'),
        letter: 'T',
        oldPath: null,
        path: ':1 "q"\n',
      },
      {
        oldMode: '100644',
        newMode: '100644',
        oldId: id('c'),
        newId: id('d'),
        letter: 'R',
        oldPath: 'old',
        path: 'new',
      },
    ])
  })

  it('gives each change its counts', () => {
    const raw = `:000000 160000 ${id('0')} ${id('b')} A\0sub\0:100644 100644 ${id('c')} ${id('d')} R086\0old\0new\0`
    expect(parseChanges(`${raw}1\t0\tsub\x002\t3\t\0old\0new\0`, same)).toEqual([
      { path: 'sub', oldPath: null, status: 'added', added: 1, removed: 0, binary: false, submodule: true },
      {
        path: 'new',
        oldPath: 'old',
        status: 'renamed',
        added: 2,
        removed: 3,
        binary: false,
        submodule: false,
      },
    ])
    expect(parseChanges('', same)).toEqual([])
  })
})

describe('patches', () => {
  const patch = (name: string, size: number): string =>
    `diff --git a/${name} b/${name}\n+${'x'.repeat(size)}\n`
  const split = (text: string, step: number, bounds = { file: 100, total: 250 }) => {
    const splitter = createPatchSplitter(bounds)
    for (let at = 0; at < text.length; at += step) if (!splitter.push(text.slice(at, at + step))) break
    return splitter.end()
  }

  it('are cut at their headers, however they come', () => {
    const texts = [patch('a', 3), 'diff --git a/b b/b\n+diff --git a/c b/c\n\\ No newline at end of file']
    for (const step of [1, 7, 1_000])
      expect(split(texts.join(''), step)).toEqual({ sections: texts, full: false })
    expect(split('', 1)).toEqual({ sections: [], full: false })
  })

  it('too large alone are left out, and nothing is kept once the total is reached', () => {
    expect(split(patch('a', 3) + patch('b', 200) + patch('c', 3), 9)).toEqual({
      sections: [patch('a', 3), null, patch('c', 3)],
      full: false,
    })
    const seventy = ['a', 'b', 'c', 'd', 'e'].map(name => patch(name, 70))
    expect(split(seventy.join(''), 9)).toEqual({ sections: [seventy[0], seventy[1], null], full: true })
  })

  it('are joined to their files, and a missing one is told', () => {
    const change = {
      oldPath: null,
      status: 'modified',
      added: 1,
      removed: 1,
      binary: false,
      submodule: false,
    } as const
    const changes = [
      { ...change, path: 'a' },
      { ...change, path: 'b', status: 'typeChanged' as const },
      { ...change, path: 'c', binary: true },
      { ...change, path: 'd' },
    ]
    const whole = joinPatches(changes, { sections: ['1', '2', '3', 'binary', '4'], full: false }, same)
    expect(whole.ok && [whole.value.truncated, whole.value.files.map(file => file.patch)]).toEqual([
      false,
      ['1', '23', '', '4'],
    ])
    const cut = joinPatches(changes, { sections: ['1', '2', null], full: true }, same)
    expect(cut.ok && [cut.value.truncated, cut.value.files.map(file => file.tooLarge)]).toEqual([
      true,
      [false, true, false, true],
    ])
    expect(joinPatches(changes, { sections: ['1'], full: false }, same).ok).toBe(false)
  })
})
