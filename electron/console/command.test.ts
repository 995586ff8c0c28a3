import { expect, test } from 'vitest'
import { type ConsoleHost, consoleCommand } from './command'

const packaged: ConsoleHost = {
  execPath: '/app/duologue',
  argv: ['/app/duologue'],
  electron: true,
  defaultApp: false,
}

test('plain Node runs the built entry', () => {
  const node = { ...packaged, execPath: '/bin/node', electron: false }
  expect(consoleCommand(node, '/out/main', '--practice-agent', ['a'])).toEqual({
    file: '/bin/node',
    args: ['/out/main/practice-agent.js', 'a'],
  })
  expect(consoleCommand(node, '/out/main', 'run', ['a']).args).toEqual(['/out/main/cli.js', 'run', 'a'])
})

test('a package starts itself, with the sandbox as its parent has it', () => {
  expect(consoleCommand(packaged, '/out/main', '--practice-agent', ['a'])).toEqual({
    file: '/app/duologue',
    args: ['--practice-agent', '--log-level=3', '--', 'a'],
  })
  const root = { ...packaged, argv: ['/app/duologue', '--no-sandbox'] }
  expect(consoleCommand(root, '/out/main', 'run', ['a']).args).toEqual([
    'run',
    '--log-level=3',
    '--no-sandbox',
    '--',
    'a',
  ])
})

test("Electron's own executable is told the app first", () => {
  const dev = { ...packaged, argv: ['/electron', '/src/duologue'], defaultApp: true }
  expect(consoleCommand(dev, '/out/main', 'run', []).args).toEqual([
    '/src/duologue',
    'run',
    '--log-level=3',
    '--',
  ])
})
