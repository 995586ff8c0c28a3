import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { takeLock } from './lock'

let root: string
let dir: string
const children: ChildProcessWithoutNullStreams[] = []
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'duologue-lock-'))
  dir = join(root, 'pair')
  await mkdir(dir)
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await rm(root, { recursive: true, force: true })
})

/** A process that answers each line of its stdin by trying for the lock, and holds what it took until it dies. */
const bundle = async (): Promise<string> => {
  const entry = join(root, 'contender.ts')
  const lock = fileURLToPath(new URL('./lock.ts', import.meta.url))
  await writeFile(
    entry,
    `import { takeLock } from ${JSON.stringify(lock)}
     process.stdin.on('data', async () => {
       const lock = await takeLock(${JSON.stringify(dir)})
       console.log(lock.ok ? 'taken' : lock.error.message)
     })
     console.log('up')`,
  )
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    ssr: { noExternal: true },
    build: { ssr: entry, outDir: join(root, 'built'), target: 'node20' },
  })
  const [built = ''] = (await readdir(join(root, 'built'))).filter(name => /\.m?js$/.test(name))
  return join(root, 'built', built)
}

const contender = async (script: string) => {
  const child = spawn(process.execPath, [script])
  children.push(child)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<string> => String((await lines.next()).value)
  await next()
  const ask = (): Promise<string> => {
    child.stdin.write('go\n')
    return next()
  }
  const kill = async (): Promise<void> => {
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  return { pid: child.pid, ask, kill }
}

it('lets exactly one of many processes in, again and again as its holders die', async () => {
  const script = await bundle()
  let all = await Promise.all(Array.from({ length: 5 }, () => contender(script)))
  while (all.length > 0) {
    const answers = await Promise.all(all.map(({ ask }) => ask()))
    const holder = all[answers.indexOf('taken')]
    const refusal = `This pair is open in another Duologue (process ${holder?.pid}). Close it there first.`
    expect([...answers].sort()).toEqual([...Array(all.length - 1).fill(refusal), 'taken'])
    const mine = await takeLock(dir)
    expect(mine).toEqual({ ok: false, error: { type: 'locked', message: refusal } })
    await holder?.kill()
    all = all.filter(each => each !== holder)
  }
  const mine = await takeLock(dir)
  expect(mine.ok).toBe(true)
  if (mine.ok) await mine.value.release()
})

it('is not fooled by another process that got the pid of a dead holder', async () => {
  await writeFile(join(dir, 'lock.1'), `${process.pid}\nanother-boot/1\n`)
  const mine = await takeLock(dir)
  expect(mine.ok).toBe(process.platform !== 'win32')
})
