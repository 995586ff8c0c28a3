/** Where the benchmarks stand once built (`scripts/setup/bench.mjs`), and what they start from there. */
import { dirname, join } from 'node:path'

const here = (): string => dirname(process.argv[1] ?? '')

export const casesFolder = (): string => join(here(), 'cases')

/** A program of `programs/`, for a process or a thread of its own. */
export const builtProgram = (name: string): string => join(here(), 'programs', `${name}.js`)

/** Runs one case (`one.ts`). */
export const casesProgram = (): string => join(here(), 'one.js')
