/** `bench/compare A.json B.json`, once built. */
import { readFileSync } from 'node:fs'
import { differenceText } from './difference'
import type { Run } from './result'

const read = (path: string): Run => JSON.parse(readFileSync(path, 'utf8'))

const [a, b] = process.argv.slice(2)
if (a === undefined || b === undefined) {
  process.stderr.write('bench/compare A.json B.json, two files of bench/results\n')
  process.exitCode = 2
} else {
  process.stdout.write(`${differenceText(read(a), read(b))}\n`)
}
