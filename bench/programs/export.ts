/** Exports a pair as the app does, in the app's own thread, and tells what that took. Arguments: a `ShareJob` as JSON. */
import { resolve } from 'node:path'
import { sharingIn } from '../../electron/share/export-thread'

const job = JSON.parse(process.argv[2] ?? '{}')
const began = performance.now()
sharingIn(resolve('out/main/export.js'))
  .write(job)
  .then(written => {
    if (!written.ok) throw new Error(written.error.message)
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
    const cpuMs = (userCPUTime + systemCPUTime) / 1_000
    const told = { ms: performance.now() - began, cpuMs, peakMb: maxRSS / 1_024 }
    process.stdout.write(`${JSON.stringify(told)}\n`)
  })
  .catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`)
    process.exit(1)
  })
