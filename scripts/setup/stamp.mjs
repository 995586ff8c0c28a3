/** Stamps say what a step was done for, so that it is not done again. A missing or torn stamp means: do it. */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

export const readStamp = file => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

export const writeStamp = (file, text) => {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

/** Files under a path, sorted; the path itself when it is a file, nothing when it is not there. */
const filesUnder = path => {
  let entries
  try {
    entries = readdirSync(path, { recursive: true, withFileTypes: true })
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOTDIR' ? [path] : []
  }
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath ?? entry.path, entry.name))
}

/** SHA-256 over names and contents, independent of where the project stands and of the order of listing. */
export const hashOf = (root, paths, skip = _name => false) => {
  const hash = createHash('sha256')
  const files = paths.flatMap(path => filesUnder(join(root, path)))
  const named = files.map(file => ({ file, name: relative(root, file).split(sep).join('/') }))
  for (const { file, name } of named.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (skip(name)) continue
    const content = readFileSync(file)
    hash.update(`${name}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}
