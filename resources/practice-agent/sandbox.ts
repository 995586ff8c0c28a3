/**
 * Loads a repository's code in a worker thread of its own: a fresh module cache, a time limit, and no way to
 * take the program with it. Used to ask a function what it gives, and to run tests where no Node is at hand.
 */
import { Worker } from 'node:worker_threads'

export type Called = { readonly value: string } | { readonly error: string }
export interface Tested {
  readonly name: string
  readonly file: string
  /** Empty: it passed. Otherwise the error, and its stack for the place. */
  readonly error: string
  readonly stack: string
}

type Job =
  | {
      readonly type: 'call'
      readonly file: string
      readonly name: string
      readonly inputs: readonly (readonly unknown[])[]
    }
  | { readonly type: 'test'; readonly files: readonly string[] }

/** What each list of arguments gives; an error for all when the file cannot be loaded or takes too long. */
export async function callEach(
  file: string,
  name: string,
  inputs: readonly (readonly unknown[])[],
  signal: AbortSignal,
): Promise<readonly Called[]> {
  const result = await inWorker({ type: 'call', file, name, inputs }, signal, 5_000)
  return typeof result === 'string' ? inputs.map(() => ({ error: result })) : (result as readonly Called[])
}

export async function testFiles(files: readonly string[], signal: AbortSignal): Promise<readonly Tested[]> {
  const result = await inWorker({ type: 'test', files }, signal, 60_000)
  if (typeof result !== 'string') return result as readonly Tested[]
  return [{ name: 'the tests', file: files[0] ?? '', error: result, stack: '' }]
}

/** The worker's result, or why there is none. */
function inWorker(job: Job, signal: AbortSignal, timeout: number): Promise<unknown> {
  return new Promise(resolve => {
    // As text, so that it works from one bundled file, packed or not. It must use nothing of this module.
    const worker = new Worker(`(${workerMain.toString()})(require)`, {
      eval: true,
      workerData: job,
      stdout: true,
      stderr: true,
    })
    const finish = (result: unknown) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      resolve(result)
      void worker.terminate()
    }
    const onAbort = () => finish('interrupted')
    const timer = setTimeout(() => finish('it took too long'), timeout)
    signal.addEventListener('abort', onAbort, { once: true })
    worker.on('message', finish)
    worker.on('error', error => finish(error.message))
    worker.on('exit', () => finish('it ended without a result'))
  })
}

/** Runs inside the worker; its own text is all it has. */
async function workerMain(load: NodeJS.Require): Promise<void> {
  const { parentPort, workerData } = load('node:worker_threads') as typeof import('node:worker_threads')
  const job = workerData as Job
  const post = (result: unknown) => parentPort?.postMessage(result)
  const say = (error: unknown) => {
    if (!(error instanceof Error)) return String(error)
    if ('expected' in error && 'actual' in error && error.name === 'AssertionError')
      return `expected ${quote(error.expected)}, got ${quote(error.actual)}`
    return error.message.split('\n')[0] ?? ''
  }
  const quote = (value: unknown) => (typeof value === 'string' ? `'${value}'` : String(value))
  if (job.type === 'call') {
    const found: unknown = load(job.file)
    const call = (found as Record<string, unknown>)[job.name]
    if (typeof call !== 'function') return post(`${job.name} is not exported`)
    return post(
      job.inputs.map(input => {
        try {
          return { value: String(call(...input)) }
        } catch (error) {
          return { error: say(error) }
        }
      }),
    )
  }
  type Body = () => unknown
  const queue: { name: string; body: Body }[] = []
  const test = (name: string, ...rest: unknown[]) => {
    const body = rest.find(item => typeof item === 'function')
    if (body !== undefined) queue.push({ name, body: body as Body })
  }
  const describe = (_name: string, body: Body) => body()
  const shim = Object.assign(test, { test, it: test, describe, suite: describe, default: test })
  const loader = load('node:module') as unknown as { _load: (id: string, ...rest: unknown[]) => unknown }
  const original = loader._load
  loader._load = (id, ...rest) => (id === 'node:test' ? shim : original.call(loader, id, ...rest))
  const results: Tested[] = []
  for (const file of job.files) {
    const settle = (name: string, error: unknown) => {
      const stack = error instanceof Error ? (error.stack ?? '') : ''
      results.push({ name, file, error: error === null ? '' : say(error) || 'it failed', stack })
    }
    try {
      load(file)
    } catch (error) {
      settle(file, error)
    }
    for (const item of queue.splice(0)) {
      try {
        await item.body()
        settle(item.name, null)
      } catch (error) {
        settle(item.name, error)
      }
    }
  }
  post(results)
}
