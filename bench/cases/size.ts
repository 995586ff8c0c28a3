/**
 * What the first screen loads: the page, the scripts it imports before it draws, its styles and the fonts that these name. What
 * is loaded later (`import()`) is told beside it. Bytes, so nothing here depends on the machine.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Bench, Figure } from '../bench'

const PAGE = 'out/renderer'

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))

const text = (name: string): string => readFileSync(join(PAGE, name), 'utf8')

const all = (from: string, pattern: RegExp): readonly string[] =>
  [...from.matchAll(pattern)].flatMap(match => (match[1] === undefined ? [] : [match[1]]))

/** What a file needs before it can be used, as paths in the page's folder. */
const needs = (name: string): readonly string[] => {
  const beside = (path: string) => posix.normalize(posix.join(dirname(name), path))
  if (name.endsWith('.html')) return all(text(name), /(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g).map(beside)
  if (name.endsWith('.css')) return all(text(name), /url\(['"]?\.?\/?([^'")]+\.woff2)/g).map(beside)
  if (name.endsWith('.js')) return all(text(name), /(?:from|\bimport)\s*"(\.{1,2}\/[^"]+\.js)"/g).map(beside)
  return []
}

const firstLoad = (): readonly string[] => {
  const found = new Set<string>()
  const waiting = ['index.html']
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue
    found.add(name)
    waiting.push(...needs(name))
  }
  return [...found]
}

const kilobytes = (bytes: number): number => bytes / 1000
const raw = (names: readonly string[]): number =>
  names.reduce((sum, name) => sum + statSync(join(PAGE, name)).size, 0)
const zipped = (names: readonly string[]): number =>
  names.reduce((sum, name) => sum + gzipSync(readFileSync(join(PAGE, name))).length, 0)

const told = (what: string, kb: number, notes?: string): Figure => ({
  ...{ what, unit: 'kB', ours: [kb], other: null, goal: '', reached: null },
  ...(notes === undefined ? {} : { notes }),
})

const kinds: readonly (readonly [string, RegExp])[] = [
  ['scripts', /\.js$/],
  ['styles', /\.css$/],
  ['fonts', /\.woff2$/],
]

const packed = (): readonly Figure[] => {
  const folder = readdirSync('dist', { withFileTypes: true }).find(
    entry => entry.isDirectory() && entry.name.includes('unpacked'),
  )
  if (!folder) return []
  const files = filesUnder(join('dist', folder.name))
  const sum = (these: readonly string[]) => these.reduce((total, path) => total + statSync(path).size, 0)
  return [
    told('packed app, with Electron', kilobytes(sum(files))),
    told('packed app, what is ours', kilobytes(sum(files.filter(path => path.includes('app.asar'))))),
  ]
}

const hasDist = (): boolean => statSync('dist', { throwIfNoEntry: false })?.isDirectory() === true

export const bench: Bench = {
  name: 'size',
  title: 'what the first screen loads, and what is packed',
  against: '',
  unit: 'kB',
  goal: 'reported',
  run: async () => {
    const first = firstLoad()
    const later = filesUnder(PAGE)
      .map(path => relative(PAGE, path))
      .filter(name => !first.includes(name) && !name.endsWith('.map'))
    const main = filesUnder('out/main').filter(path => path.endsWith('.js'))
    return {
      figures: [
        told('first load', kilobytes(raw(first))),
        told('first load, gzip', kilobytes(zipped(first))),
        ...kinds.flatMap(([name, pattern]) => {
          const these = first.filter(each => pattern.test(each))
          return [
            told(
              `first load, ${name}`,
              kilobytes(raw(these)),
              these.map(each => posix.basename(each)).join(', '),
            ),
            told(`first load, ${name}, gzip`, kilobytes(zipped(these))),
          ]
        }),
        told('loaded when wanted', kilobytes(raw(later)), later.map(each => posix.basename(each)).join(', ')),
        told('host: main.js', kilobytes(statSync('out/main/main.js').size)),
        told('host: all scripts', kilobytes(main.reduce((sum, path) => sum + statSync(path).size, 0))),
        ...(hasDist() ? packed() : []),
      ],
    }
  },
}
