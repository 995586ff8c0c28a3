/** Duologue killed outright in the middle of a turn: nothing that the real agents have started is left behind. */
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from '@playwright/test'
import * as claude from './claude-model-server'
import * as codex from './codex-model-server'
import { makeWorld, type World } from './world'

let world: World
test.beforeEach(async () => {
  world = await makeWorld()
})
test.afterEach(async () => {
  await world.leave()
})

const left = (): readonly string[] => world.processes.left()
const running = (text: string) => expect.poll(left).toContainEqual(expect.stringContaining(text))

const BEHIND = { command: 'tail -f .git/HEAD' }

for (const driver of ['claude', 'codex'] as const) {
  test(`${driver} runs a command`, async () => {
    world.script.claude = ({ toolResults }) =>
      toolResults.length === 0
        ? [claude.toolCall('Bash', { ...BEHIND, description: 'Follow it', run_in_background: true })]
        : [claude.bash('tail -f retry.js')]
    world.script.codex = () => [codex.exec('tail -f retry.js')]
    const cli = resolve(__dirname, '../../out/main/cli.js')
    const navigator = driver === 'claude' ? 'codex' : 'claude'
    world.setClaude({ permissions: { allow: ['Bash(tail:*)'] } })
    const args = ['--json', '--intent', 'Wait.', '--driver', driver, '--navigator', navigator]
    const modes = driver === 'codex' ? ['--driver-permission-mode', 'full-access'] : []
    const child = spawn(process.execPath, [cli, 'run', world.project, ...args, ...modes], {
      env: world.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let ready = 0
    for await (const line of createInterface(child.stdout)) {
      if (line.includes('"type":"seatReady"')) ready += 1
      if (ready === 2) break
    }
    child.stdout.resume()
    await running('tail -f retry.js')
    if (driver === 'claude') await running(BEHIND.command)
    child.kill('SIGKILL')
    await expect.poll(left).toEqual([])
  })
}
