import { expect, it } from 'vitest'
import { dataFolder } from './data-folder'

const home = '/home/ada'
it.each([
  [{ platform: 'linux', home, env: {} }, '/home/ada/.local/share/duologue'],
  [{ platform: 'linux', home, env: { XDG_DATA_HOME: '/data' } }, '/data/duologue'],
  [{ platform: 'linux', home, env: { XDG_DATA_HOME: 'data' } }, '/home/ada/.local/share/duologue'],
  [{ platform: 'darwin', home, env: {} }, '/home/ada/Library/Application Support/Duologue'],
  [{ platform: 'darwin', home, env: { DUOLOGUE_DATA: '/elsewhere' } }, '/elsewhere'],
] as const)('%j keeps its data in %s', (host, folder) => {
  expect(dataFolder(host)).toBe(folder)
})
