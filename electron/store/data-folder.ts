/**
 * Where Duologue keeps its data, the same under Electron and plain Node, so that the window and the command line see
 * the same pairs. `DUOLOGUE_DATA` overrides everything.
 */
import { isAbsolute, join, resolve } from 'node:path'

export interface Host {
  readonly platform: NodeJS.Platform
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Absolute. The folder may not exist yet. A relative `XDG_DATA_HOME` is ignored, as its specification says. */
export const dataFolder = ({ platform, home, env }: Host): string => {
  if (env.DUOLOGUE_DATA) return resolve(env.DUOLOGUE_DATA)
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Duologue')
  if (platform === 'win32') return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'Duologue')
  const xdg = env.XDG_DATA_HOME
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, '.local', 'share'), 'duologue')
}

export const pairsFolder = (data: string): string => join(data, 'pairs')
export const pairFolder = (data: string, pair: string): string => join(pairsFolder(data), pair)
export const settingsFile = (data: string): string => join(data, 'settings.json')
