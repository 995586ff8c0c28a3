/** `node scripts/lock.mjs [folder]`: completes that folder's package lock after dependencies changed. */
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { completeLock, missingEntries } from './setup/lock.mjs'
import { ROOT } from './setup/paths.mjs'
import { say } from './setup/say.mjs'

const file = resolve(process.argv[2] ?? ROOT, 'package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8'))
const added = Object.keys(missingEntries(lock.packages))
writeFileSync(file, `${JSON.stringify(completeLock(lock), null, 2)}\n`)
say(`${added.length} packages of other platforms added to ${file}.`)
