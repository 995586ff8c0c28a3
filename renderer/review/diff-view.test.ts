// @vitest-environment happy-dom
import { act, createElement } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { FileDiff } from '../../shared/review/diff'
import type { DiffFinding } from './diff-rows'
import { DiffView } from './diff-view'

/** There is no layout here: a row is as high as its lines, a scrolling box 800 pixels, the view as wide as a test says. */
let width = 1000
const layOut = () => {
  const { prototype } = HTMLElement
  vi.spyOn(prototype, 'clientWidth', 'get').mockImplementation(() => width)
  vi.spyOn(prototype, 'clientHeight', 'get').mockImplementation(() => 800)
  vi.spyOn(prototype, 'offsetHeight', 'get').mockImplementation(function (this: HTMLElement) {
    return 30 + this.querySelectorAll('tr').length * 19
  })
}

let root: Root
let page: HTMLElement

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  width = 1000
  layOut()
  page = document.body.appendChild(document.createElement('div'))
  root = createRoot(page)
})
afterEach(() => {
  act(() => root.unmount())
  page.remove()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const file = (path: string, about: Partial<FileDiff> = {}): FileDiff => ({
  path,
  oldPath: null,
  status: 'modified',
  added: 1,
  removed: 1,
  binary: false,
  patch: `diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@ ${path}\n same\n-before\n+after ${path}\n`,
  tooLarge: false,
  submodule: false,
  ...about,
})

const finding = (about: Partial<DiffFinding>): DiffFinding => ({
  id: 'f1',
  severity: 'major',
  file: 'src/a.js',
  line: 2,
  text: 'A retry stores twice.',
  state: 'open',
  ...about,
})

const show = (
  files: readonly FileDiff[],
  rest: {
    findings?: readonly DiffFinding[]
    unplanned?: readonly string[]
    onOpenFinding?: (id: string) => void
  } = {},
) => {
  const { findings = [], unplanned = [], ...handlers } = rest
  const props = { diff: { files, truncated: false }, findings, unplanned: new Set(unplanned), ...handlers }
  act(() => root.render(createElement(DiffView, props)))
}

const all = (selector: string) => [...page.querySelectorAll<HTMLElement>(selector)]
const one = (selector: string): HTMLElement => {
  const [element, more] = all(selector)
  if (!element || more) throw new Error(`not exactly one ${selector}`)
  return element
}
const press = (element: HTMLElement) => act(() => element.click())
const key = (element: HTMLElement, name: string) =>
  act(() => void element.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true })))
const heads = () => all('.diff-file').map(head => head.textContent)

it('shows each file with what happened to it, in words as well', () => {
  show(
    [file('src/a.js'), file('logo.png', { binary: true, status: 'added', added: 0, removed: 0, patch: '' })],
    {
      unplanned: ['logo.png'],
      findings: [finding({})],
    },
  )
  expect(heads()).toEqual(['▾Mmodifiedsrc/a.js1 finding+1−1', '▾Aaddedlogo.pngunplannedbinary'])
  expect(all('[role=option] > .visually-hidden').map(({ textContent }) => textContent)).toEqual([
    'src/a.js, modified, 1 added, 1 removed, 1 finding',
    'logo.png, added, binary, unplanned',
  ])
  expect(page.textContent).toContain('A binary file; it is not shown.')
  expect(all('.diff-code-insert').map(cell => cell.textContent)).toEqual(['after src/a.js'])
})

it('says so when nothing changed', () => {
  show([])
  expect(page.textContent).toBe('Nothing changed: the two trees are the same.')
})

it('has a finding at its line, with its text on demand', () => {
  const opened: string[] = []
  show([file('src/a.js')], { findings: [finding({})], onOpenFinding: id => opened.push(id) })
  const row = one('.diff-widget')
  expect(row.previousElementSibling?.textContent).toContain('after src/a.js')
  expect(all('.diff-finding-body')).toEqual([])
  press(one('.diff-finding-head'))
  expect(one('.diff-finding-head').getAttribute('aria-expanded')).toBe('true')
  expect(one('.diff-finding-body p').textContent).toBe('A retry stores twice.')
  press(one('.diff-finding-body button'))
  expect(opened).toEqual(['f1'])
})

it('loses no finding: neither one on a line not shown, nor one on a file that did not change', () => {
  show([file('src/a.js')], {
    findings: [finding({ line: 70 }), finding({ id: 'f2', file: 'src/z.js', line: 0 })],
  })
  expect(all('.diff-strays').map(part => part.textContent)).toEqual([
    'Findings outside this change◆majoropensrc/z.jsA retry stores twice.',
    'Findings on lines that are not shown here◆majoropensrc/a.js:70A retry stores twice.',
  ])
})

it('folds one file, and all', () => {
  show([file('src/a.js'), file('src/b.js')])
  const [first] = all('.diff-file button')
  if (!first) throw new Error('no file')
  press(first)
  expect(all('.diff-code-insert').map(cell => cell.textContent)).toEqual(['after src/b.js'])
  press(one('[aria-label="Collapse all files"]'))
  expect(all('.diff-code')).toEqual([])
  press(one('[aria-label="Expand all files"]'))
  expect(all('.diff-code-insert')).toHaveLength(2)
})

it('goes from file to file by key, stops at either end and tells a reader', () => {
  show([file('src/a.js'), file('src/b.js')])
  const place = () => one('.diff-place').textContent
  key(one('.diff-body'), 'n')
  expect([place(), one('[aria-live]').textContent]).toEqual([
    '2 / 2',
    'File 2 of 2: src/b.js, modified, 1 added, 1 removed',
  ])
  key(one('.diff-body'), 'n')
  expect(place()).toBe('2 / 2')
  key(one('[role=listbox]'), 'Home')
  expect(place()).toBe('1 / 2')
  expect(one('[aria-selected=true]').id).toBe(one('[role=listbox]').getAttribute('aria-activedescendant'))
})

it('has two columns where there is room, and says why not where there is none', () => {
  show([file('src/a.js')])
  const [, split] = all('.segmented input')
  if (!split) throw new Error('no choice')
  press(split)
  expect(all('.diff-line').map(line => line.children.length)).toEqual([4, 4])
  width = 600
  act(() => root.unmount())
  root = createRoot(page)
  show([file('src/a.js')])
  expect(all('.diff-line').map(line => line.children.length)).toEqual([3, 3, 3])
  expect(all('.segmented label').map(label => label.title)).toEqual(['', 'Two columns need a wider panel'])
})

it('makes the same few elements of 300 files as of thirty', () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => file(`src/${at}.js`))
  show(many(30))
  const few = all('*').length
  show(many(300))
  expect(all('*').length).toBeLessThan(few * 1.5)
  key(one('[role=listbox]'), 'End')
  expect(one('.diff-place').textContent).toBe('300 / 300')
})
