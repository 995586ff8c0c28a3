/** How `duologue run` ends: whoever stops it, or stops reading it, no agent is left behind. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, journalOf, processesOf, type Room, test } from './app'

const CLI = resolve(__dirname, '../out/main/cli.js')

const run = (room: Room): ChildProcess =>
  spawn(process.execPath, [CLI, 'run', '--practice', '--json', '--on-request', 'ask'], {
    env: { ...room.env, DUOLOGUE_PRACTICE_PACE: '' },
    stdio: ['pipe', 'pipe', 'pipe'],
  })

/** Until the journal's events that were printed hold one of this type. */
const until = async (child: ChildProcess, type: string): Promise<void> => {
  if (!child.stdout) throw new Error('stdout is piped')
  for await (const line of createInterface(child.stdout)) if (line.includes(`"type":"${type}"`)) return
}

const nothingLeft = (room: Room) =>
  expect.poll(() => processesOf(`DUOLOGUE_TEST_ROOM=${room.root}`), { message: 'processes left' }).toEqual([])

test('whoever reads its output goes away: the pair ends as by an interrupt', async ({ room }) => {
  const child = run(room)
  const ended = once(child, 'exit')
  let errors = ''
  child.stderr?.on('data', text => {
    errors += text
  })
  await until(child, 'turnStarted')
  child.stdout?.destroy()
  expect(await ended).toEqual([4, null])
  expect(errors).toBe('')
  expect(journalOf(room.data).at(-1)).toMatchObject({ type: 'ended', reason: 'human' })
  await nothingLeft(room)
})

test('interrupted, it ends the pair and its agents', async ({ room }) => {
  const child = run(room)
  const ended = once(child, 'exit')
  await until(child, 'turnStarted')
  child.stdout?.resume()
  child.kill('SIGINT')
  expect(await ended).toEqual([4, null])
  await nothingLeft(room)
})

test('killed, it leaves no agent behind', async ({ room }) => {
  const child = run(room)
  const ended = once(child, 'exit')
  await until(child, 'turnStarted')
  child.kill('SIGKILL')
  await ended
  await nothingLeft(room)
})

test('an agent asks and its input is closed: held, and nothing is left', async ({ room }) => {
  const child = run(room)
  const ended = once(child, 'exit')
  child.stdout?.resume()
  child.stdin?.end()
  expect(await ended).toEqual([5, null])
  await nothingLeft(room)
})
