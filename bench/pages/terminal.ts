/**
 * xterm.js alone, at its best: WebGL, nothing else that a product needs. Its terminals stand at the very place where a
 * test finds the app's (`duologueScreens`), so that the same code measures both.
 */
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { WebglAddon } from '@xterm/addon-webgl'
import { Terminal } from '@xterm/xterm'
import type { BarePage, Program } from './bare-page'

interface PtyBridge {
  start(program: Program): void
  input(data: string): void
  parsed(chars: number): void
  onData(take: (data: string) => void): void
}

/** Characters of one write, and writes under way: enough that the parser never waits. */
const PIECE = 65_536
const LANES = 4

const screens: Record<string, { readonly xterm: Terminal }> = {}
Object.assign(globalThis, { duologueScreens: screens })

const terminalAt = (name: string): Terminal => {
  const found = screens[name]
  if (!found) throw new Error(`there is no terminal ${name}`)
  return found.xterm
}

const open: BarePage['open'] = (name, { cols, rows }) => {
  const terminal = new Terminal({
    ...{ cols, rows, scrollback: 5_000, allowProposedApi: true },
    ...{ fontFamily: 'monospace', fontSize: 12.5, lineHeight: 1.25 },
  })
  terminal.loadAddon(new Unicode11Addon())
  terminal.unicode.activeVersion = '11'
  if (document.createElement('canvas').getContext('webgl2')) terminal.loadAddon(new WebglAddon())
  const element = document.body.appendChild(document.createElement('div'))
  element.dataset.testid = `terminal-${name}`
  terminal.open(element)
  screens[name] = { xterm: terminal }
}

const pieces = new Map<string, readonly string[]>()

const keep: BarePage['keep'] = (name, text) => {
  const count = Math.ceil(text.length / PIECE)
  pieces.set(
    name,
    Array.from({ length: count }, (_, at) => text.slice(at * PIECE, (at + 1) * PIECE)),
  )
}

const feed: BarePage['feed'] = (name, kept, times) => {
  const terminal = terminalAt(name)
  const [begin = [], block = [], end = []] = kept.map(each => pieces.get(each))
  const total = block.length * times
  return new Promise(done => {
    let next = 0
    let lanes = LANES
    const more = (): void => {
      const piece = next < total ? block[next++ % block.length] : undefined
      if (piece !== undefined) return terminal.write(piece, more)
      lanes -= 1
      if (lanes === 0) terminal.write(end.join(''), () => done())
    }
    terminal.write(begin.join(''))
    for (let lane = 0; lane < LANES; lane += 1) more()
  })
}

const floods = new Set<string>()

const flood: BarePage['flood'] = (name, kept) => {
  const terminal = terminalAt(name)
  const block = pieces.get(kept) ?? []
  floods.add(name)
  let next = 0
  const more = (): void => {
    const piece = block[next++ % block.length]
    if (piece !== undefined && floods.has(name)) terminal.write(piece, more)
  }
  for (let lane = 0; lane < LANES; lane += 1) more()
}

const stop: BarePage['stop'] = name => {
  floods.delete(name)
  return new Promise(resolve => terminalAt(name).write('', resolve))
}

const echo: BarePage['echo'] = name => {
  const terminal = terminalAt(name)
  terminal.onData(data => terminal.write(data === '\r' ? '\r\n' : data))
}

const run: BarePage['run'] = (name, program) => {
  const terminal = terminalAt(name)
  const bridge = Reflect.get(globalThis, 'benchPty') as PtyBridge
  bridge.onData(data => terminal.write(data, () => bridge.parsed(data.length)))
  terminal.onData(data => bridge.input(data))
  bridge.start(program)
}

Object.assign(globalThis, { bench: { open, keep, feed, flood, stop, echo, run } satisfies BarePage })

// For the start, where nobody asks: one terminal with a prompt as soon as the page is there.
if (location.hash === '#prompt') {
  open('left', { cols: 80, rows: 40 })
  terminalAt('left').write('$ prompt ')
}
