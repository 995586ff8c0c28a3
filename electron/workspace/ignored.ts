/**
 * Which files a checkpoint's own ignore rules ignore. Such a file was there or not, the checkpoint does not know, so a
 * restore must not delete it: else a `.env` that someone has since un-ignored, or added by force, would be gone.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ok, type Result } from '../../shared/result'
import { type GitError, gitBytes, gitLine } from './git'
import type { Mirror } from './mirror'
import { inMirror } from './snapshot'

/** Those of `paths` that are ignored in `tree`, whether or not they are tracked by now. */
export const ignoredIn = async (
  mirror: Mirror,
  tree: string,
  paths: readonly string[],
): Promise<Result<ReadonlySet<string>, GitError>> => {
  if (paths.length === 0) return ok(new Set())
  // A work tree that holds nothing but the checkpoint's `.gitignore` files.
  const rules = join(mirror.scratch, 'rules')
  await mkdir(rules)
  const listed = await inMirror(mirror, ['ls-tree', '-r', '-z', '--name-only', '--full-tree', tree])
  if (!listed.ok) return listed
  const files = listed.value.out.split('\0').filter(path => /(^|\/)\.gitignore$/.test(path))
  const own = { ...mirror, env: { ...mirror.env, GIT_INDEX_FILE: `${rules}.index` } }
  const read = await inMirror(own, ['read-tree', tree])
  if (!read.ok) return read
  const input = files.map(path => `${path}\0`).join('')
  const written = await inMirror(own, ['checkout-index', '-z', '--stdin', `--prefix=${rules}/`], input)
  if (!written.ok) return written
  const home = await gitLine(mirror.top, ['rev-parse', '--absolute-git-dir'])
  if (!home.ok) return home
  const found = await gitBytes(rules, ['check-ignore', '--no-index', '-z', '--stdin'], {
    env: { GIT_DIR: home.value, GIT_WORK_TREE: rules },
    // Without the `./`, a name that begins with a colon would mean something else.
    input: paths.map(path => `./${path}\0`).join(''),
    // 1: none of them is ignored.
    fine: [1],
  })
  return found.ok ? ok(new Set(found.value.out.split('\0').map(path => path.slice(2)))) : found
}
