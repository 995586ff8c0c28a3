import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { descendantsOf, endAll } from './descendants'

test('finds and ends what a program left behind in a session of its own', async () => {
  // Told when it is what it will be: a process that is still on its way to `sleep` has another name.
  const isSleep = '[ "$(ps -o comm= -p $!)" = sleep ]'
  const script = `setsid sleep 600 & until ${isSleep}; do :; done; echo $!; wait`
  const parent = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] })
  await once(parent.stdout, 'data')
  const seen = await descendantsOf(parent.pid ?? 0)
  expect(seen).toHaveLength(1)
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  // It has only lost its parent.
  const [orphan] = seen
  expect(() => process.kill(orphan?.pid ?? 0, 0)).not.toThrow()
  const closed = once(parent.stdout, 'close')
  const logs: string[] = []
  await endAll([{ pid: process.pid, parent: 1, command: 'another program' }, ...seen], line =>
    logs.push(line),
  )
  expect(logs).toEqual([])
  // It held the other end of this pipe.
  await closed
})
