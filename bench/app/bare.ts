/** Electron as bare as it is: the very executable that the app runs in, with one window and one page of `bench/pages`. */
import { existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, renameSync, symlinkSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { found } from '../../e2e/app'

const ROOT = resolve(__dirname, '..', '..')
const BARE = resolve(__dirname, '..', 'pages', 'bare')

export interface Bare {
  readonly app: ElectronApplication
  readonly page: Page
  close(): Promise<void>
}

export interface BareOptions {
  /** A folder that is its own. */
  readonly folder: string
  /** A file; without one the window is empty. */
  readonly page?: string
  /** What the page is told in its address. */
  readonly hash?: string
  /** The page may run programs in terminals. */
  readonly programs?: boolean
}

const linkAll = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name !== 'resources')
      linkAll(join(from, entry.name), join(to, entry.name))
    if (entry.isFile()) linkSync(join(from, entry.name), join(to, entry.name))
  }
}

/** The Electron of the npm package runs what stands at its `resources/app`, so another app has another folder of links. */
const linkedElectron = (executable: string): string => {
  const from = dirname(executable)
  const folder = join(ROOT, '.cache', `bench-${basename(from)}`)
  if (!existsSync(folder)) {
    const half = mkdtempSync(join(ROOT, '.cache', 'bench-half-'))
    linkAll(from, half)
    mkdirSync(join(half, 'resources'))
    symlinkSync(BARE, join(half, 'resources', 'app'))
    renameSync(half, folder)
  }
  return join(folder, basename(executable))
}

const programOf = (): { readonly executable: string; readonly args: readonly string[] } => {
  const { executable, args } = found()
  if (!args.includes(ROOT)) return { executable: linkedElectron(executable), args }
  return { executable, args: args.map(each => (each === ROOT ? BARE : each)) }
}

export const openBare = async ({
  folder,
  page: file,
  hash = '',
  programs = false,
}: BareOptions): Promise<Bare> => {
  const { executable, args } = programOf()
  const home = mkdtempSync(join(folder, 'bare-'))
  const env = {
    ...{ HOME: home, PATH: process.env.PATH ?? '', SHELL: '/bin/sh', LANG: 'C.UTF-8' },
    ...{ BENCH_DATA: join(home, 'data'), BENCH_NODE_PTY: join(ROOT, 'node_modules', 'node-pty') },
    ...(file === undefined ? {} : { BENCH_PAGE: file, BENCH_HASH: hash }),
    ...(programs ? { BENCH_PTY: '1' } : {}),
    ...(process.env.DISPLAY === undefined ? {} : { DISPLAY: process.env.DISPLAY }),
  }
  const app = await _electron.launch({ executablePath: executable, args: [...args], env })
  const page = await app.firstWindow()
  return { app, page, close: () => app.close() }
}
