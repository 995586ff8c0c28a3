/** How `duologue run` ends: whoever stops it, or stops reading it, no agent is left behind. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { endingsOf, expect, journalOf, type Room, test } from './app'
import { CLI, duologue } from './command-line'

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
  expect(endingsOf(journalOf(room.data))).toMatchObject([{ reason: 'human' }])
  await room.processes.nothingLeft()
})

test('interrupted, it ends the pair and its agents', async ({ room }) => {
  const child = run(room)
  const ended = once(child, 'exit')
  await until(child, 'turnStarted')
  child.stdout?.resume()
  child.kill('SIGINT')
  expect(await ended).toEqual([4, null])
  await room.processes.nothingLeft()
})

test('killed, it leaves no agent behind', async ({ room }) => {
  const child = run(room)
  const ended = once(child, 'exit')
  await until(child, 'turnStarted')
  child.kill('SIGKILL')
  await ended
  await room.processes.nothingLeft()
})

test('an agent asks and its input is closed: held, and nothing is left', async ({ room }) => {
  const child = run(room)
  const ended = once(child, 'exit')
  child.stdout?.resume()
  child.stdin?.end()
  expect(await ended).toEqual([5, null])
  await room.processes.nothingLeft()
})

test('plan, proof and double review by flags: it agrees, and the transcript begins with how', async ({
  room,
}) => {
  const { code, out } = await duologue(
    room.env,
    ...['run', '--practice', '--plan-first', 'reviewed', '--proof', 'node --test', '--double-review'],
  )
  expect(code).toBe(0)
  const times = out.split('\n').flatMap(line => /^(\d\d:\d\d:\d\d) {2}/.exec(line)?.[1] ?? [])
  expect(times).toEqual([...times].sort())
  expect(out).toMatch(/Blind double review, round \d+: Pass/)
  const transcript = readFileSync(/Transcript: (\S+)/.exec(out)?.[1] ?? '', 'utf8')
  const [head = ''] = transcript.split('\n---\n')
  expect(head).toContain('- Outcome: **Agreed**. Both passed it, each alone. Proof: node --test.')
  expect(head).toMatch(/- Proof: `node --test` · passed · .* · tree [0-9a-f]{12}\n/)
  expect(head).toMatch(/## Plan, version \d+ by Practice agent/)
  expect(head).toMatch(/\| \*\*fixed by the driver\*\* \|/)
  expect(transcript).toMatch(/<details><summary>Output<\/summary>/)
})

test('a plan that nobody is there to approve: held, and it is said how to go on', async ({ room }) => {
  const { code, out } = await duologue(room.env, 'run', '--practice', '--plan-first', 'approved')
  expect(code).toBe(5)
  expect(out).toContain('Held: the plan waits for your approval. Go on with this pair in the window.')
  await room.processes.nothingLeft()
})

test('its version, and its flags', async ({ room }) => {
  expect(await duologue(room.env, '--version')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^duologue \d/),
  })
  expect(await duologue(room.env, '--help')).toMatchObject({
    code: 0,
    out: expect.stringContaining('--plan-first'),
  })
})
