/**
 * Runs a pair's proof command in its workspace. Duologue runs it, not the agents, so the result is evidence; it never
 * throws, always ends, and leaves no process behind.
 */
import type { ChildProcess } from 'node:child_process'
import type { Readable } from 'node:stream'
import { setTimeout as after } from 'node:timers/promises'
import type { ProofEnd, ProofOutcome } from '../../shared/review/proof'
import { afterAwake } from '../awake'
import { endGroup, groupLives } from '../process-group'
import { createProofOutput, type ProofOutput } from './proof-output'
import { guardGroup, type ShellRun, spawnShell } from './shell-run'

export interface ProofSpec {
  /** A line for the shell: `/bin/sh -c`, on Windows `cmd /c`. */
  readonly command: string
  readonly folder: string
  /** The whole environment of the command. `CI=1` is added where it says nothing of `CI`. */
  readonly env: Readonly<Record<string, string>>
  readonly limitSeconds: number
  /** Plain text to append to a live view; at most some ten calls a second, each bounded. */
  readonly onOutput: (text: string) => void
  /** Overwritten; made with its folder, readable by the user alone. Holds the first 5 MB as plain text. */
  readonly outputFile: string
  readonly platform?: NodeJS.Platform
}

export interface ProofRun {
  /** Never rejects. Resolves when everything the command started has ended. */
  readonly done: Promise<ProofEnd>
  /** Ends the command and everything it started. Nothing happens when it has ended by itself. */
  readonly stop: () => void
}

const FLUSH_MS = 100
/** Read per flush, so 10 MB a second: a flood waits in its pipe instead of taking the app's time. */
const READ_BYTES = 1_000_000
/** The command has ended but a child holds its output: so long without a byte, and the child is not waited for. */
const SILENCE_MS = 300
/** Nor one that goes on talking. */
const LINGER_MS = 2_000
/** Output that a process outside the group still holds is given up. */
const CLOSE_MS = 500

/** A person's watch mode or a new snapshot must not take part in a proof; test runners know this by `CI`. */
const proofEnv = (env: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  CI: '1',
  ...env,
})

/** The time of the last byte is what tells silence; reading stops for a moment when too much comes. */
const readOutput = (streams: readonly Readable[], output: ProofOutput) => {
  let budget = READ_BYTES
  let heardAt = Date.now()
  for (const stream of streams) {
    const take = output.stream()
    stream.on('data', (data: Buffer) => {
      heardAt = Date.now()
      budget -= data.length
      take(data)
      if (budget <= 0) for (const each of streams) each.pause()
    })
    // A broken pipe says no more than its end, which `close` tells.
    stream.on('error', () => stream.destroy())
  }
  const ends = streams.map(stream => new Promise<void>(resolve => stream.once('close', () => resolve())))
  const tick = setInterval(() => {
    output.flush()
    budget = READ_BYTES
    for (const stream of streams) stream.resume()
  }, FLUSH_MS)
  return {
    heardAt: () => heardAt,
    closed: Promise.all(ends).then(() => undefined),
    stop: () => {
      clearInterval(tick)
      for (const stream of streams) stream.destroy()
    },
  }
}

const notStarted = (message: string): ProofRun => ({
  done: Promise.resolve({ outcome: { type: 'notStarted', message }, durationMs: 0, tail: '', bytes: 0 }),
  stop: () => undefined,
})

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const ended = (child: ChildProcess, folder: string): Promise<ProofOutcome> =>
  new Promise(resolve => {
    child.once('error', error => {
      const why = 'code' in error && error.code === 'ENOENT' ? `${folder} is not there` : error.message
      resolve({ type: 'notStarted', message: why })
    })
    child.once('exit', (code, signal) =>
      resolve(
        code === null ? { type: 'signalled', signal: signal ?? 'unknown' } : { type: 'exited', code: code },
      ),
    )
  })

const start = (spec: ProofSpec, platform: NodeJS.Platform): ShellRun | string => {
  try {
    return spawnShell(spec.command, spec.folder, proofEnv(spec.env), platform)
  } catch (error) {
    return words(error)
  }
}

/** Until all output has come, or none comes any more, or it has lasted too long. */
const quiet = async (closed: Promise<void>, heardAt: () => number): Promise<void> => {
  const since = Date.now()
  let open = true
  const closing = closed.then(() => {
    open = false
  })
  while (open && Date.now() - since < LINGER_MS && Date.now() - Math.max(heardAt(), since) < SILENCE_MS) {
    await Promise.race([closing, after(FLUSH_MS)])
  }
}

export const startProof = (spec: ProofSpec): ProofRun => {
  const { folder, limitSeconds, platform = process.platform } = spec
  if (spec.command.trim() === '') return notStarted('there is no proof command')
  const startedAt = Date.now()
  const started = start(spec, platform)
  if (typeof started === 'string') return notStarted(started)
  const { child } = started
  const output = createProofOutput(spec.outputFile, spec.onOutput)
  const dismiss = child.pid === undefined ? () => undefined : guardGroup(child.pid, spec.env, platform)
  const reading = readOutput(started.output, output)
  const leader = ended(child, folder)
  let cut: (outcome: ProofOutcome) => void = () => undefined
  const cutShort = new Promise<ProofOutcome>(resolve => {
    cut = resolve
  })
  const dismissLimit = afterAwake(limitSeconds * 1000, () => cut({ type: 'timedOut', limitSeconds }))

  const finish = async (): Promise<ProofEnd> => {
    const outcome = await Promise.race([leader, cutShort])
    const durationMs = Date.now() - startedAt
    dismissLimit()
    const cutOff = outcome.type === 'timedOut' || outcome.type === 'stopped'
    const left = child.pid !== undefined && (cutOff || groupLives(child.pid, platform))
    if (!cutOff) await quiet(reading.closed, reading.heardAt)
    if (left && child.pid !== undefined) await endGroup(child.pid, platform)
    dismiss()
    await Promise.race([reading.closed, after(CLOSE_MS)])
    reading.stop()
    return { outcome, durationMs, tail: await output.end(), bytes: output.bytes() }
  }
  return { done: finish(), stop: () => cut({ type: 'stopped' }) }
}
