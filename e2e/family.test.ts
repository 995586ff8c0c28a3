/** The check of what is left behind must see it, however it hides; here processes hide on purpose. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterEach, expect, test } from 'vitest'
import { membersOf, type Process, type Watch, watchFamily } from './family'

let mark = 0
let watch: Watch
let child: ChildProcess

/** Runs a shell that lives until its input ends; resolves with the pid of the one that it says will survive it. */
const run = async (script: string, env: Record<string, string> = {}): Promise<number> => {
  mark += 1
  const name = `DUOLOGUE_FAMILY_TEST=${process.pid}.${mark}`
  watch = watchFamily(name)
  child = spawn('sh', ['-c', `read start; ${script}; read end`], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  child.stdin?.write('go\n')
  if (!child.stdout) throw new Error('stdout is piped')
  for await (const line of createInterface(child.stdout)) return Number(line)
  throw new Error('it said nothing')
}

const end = async (): Promise<void> => {
  const gone = once(child, 'exit')
  child.stdin?.end('end\n')
  await gone
}

afterEach(() => watch?.stop())

const SURVIVOR = 'sleep 300 >/dev/null 2>&1 & echo $!'

test.each([
  ['a child that survives', SURVIVOR],
  ['one that was given to init', `(${SURVIVOR})`],
  ['one without environment, given to init', `(env -i ${SURVIVOR})`],
  ['one in a session of its own', 'setsid sleep 300 >/dev/null 2>&1 & echo $!'],
])('%s is named, and ended', async (_, script) => {
  const survivor = await run(script)
  watch.look()
  await end()
  await expect(watch.nothingLeft(300)).rejects.toThrow(`${survivor} sleep 300`)
  expect(watch.left()).toEqual([])
})

test('one that hid between two looks is known by its group', async () => {
  const survivor = await run(`(env -i ${SURVIVOR})`)
  // Its parent was gone before anyone looked; a member of its group still lives.
  watch.stop()
  expect(watch.left().map(name => Number.parseInt(name, 10))).toContain(survivor)
  await end()
  await expect(watch.nothingLeft(0)).rejects.toThrow(`${survivor} sleep 300`)
})

test('one that has left everything behind but its environment is known by its mark', async () => {
  mark += 1
  const name = `DUOLOGUE_FAMILY_TEST=${process.pid}.${mark}`
  watch = watchFamily(name)
  const [variable = '', value = ''] = name.split('=')
  child = spawn('sleep', ['300'], {
    env: { PATH: process.env.PATH ?? '', [variable]: value },
    detached: true,
  })
  await once(child, 'spawn')
  await expect(watch.nothingLeft(0)).rejects.toThrow(`${child.pid} sleep 300`)
})

test('nothing is left: nothing is said', async () => {
  await run('sleep 0 & wait; echo 1')
  await end()
  await watch.nothingLeft()
})

const process_ = (pid: number, parent: number, more: Partial<Process> = {}): Process => ({
  ...{ pid, parent, group: pid, session: pid, began: '100', zombie: false },
  ...more,
})

test('a pid that was given again is a stranger', () => {
  const all = [process_(10, 1, { began: '900' }), process_(11, 10, { began: '901' })]
  expect(membersOf(all, new Set(['10:100']))).toEqual([])
  expect(membersOf(all, new Set(['10:900'])).map(({ pid }) => pid)).toEqual([10, 11])
})

test('children of children, and who shares a group or a session with them; not who shares ours', () => {
  const all = [
    process_(10, 5, { group: 5, session: 5 }),
    process_(12, 11),
    process_(11, 10, { group: 5, session: 5 }),
    process_(13, 1, { group: 12, session: 12 }),
    process_(14, 1, { session: 12 }),
    process_(15, 5, { group: 5, session: 5 }),
    process_(16, 1),
  ]
  const found = membersOf(all, new Set(['10:100']), new Set([5]))
  expect(found.map(({ pid }) => pid).sort()).toEqual([10, 11, 12, 13, 14])
})
