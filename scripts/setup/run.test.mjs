import { expect, test } from 'vitest'
import { capture, run } from './run.mjs'

const node = (code, options) => capture(process.execPath, ['-e', code], options)

test('exit codes, output and signals are not lost', async () => {
  expect(await node('console.log(1); console.error(2); process.exitCode = 3')).toEqual({
    code: 3,
    stdout: '1\n',
    stderr: '2\n',
  })
  expect((await node('process.kill(process.pid, "SIGTERM")')).code).toBe(143)
  expect((await node('setInterval(() => {}, 1000)', { timeoutMs: 50 })).code).toBe(143)
  expect((await capture('/no/such/program', [])).code).toBe(127)
  expect(await run(process.execPath, ['-e', 'process.exit(9)'])).toBe(9)
})
