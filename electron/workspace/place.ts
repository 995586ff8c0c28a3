/**
 * Puts files into a work tree and takes them out. Nothing is ever written or deleted through a symbolic link, nothing
 * is overwritten that git did not know, and a file appears whole or not at all.
 */
import type { Stats } from 'node:fs'
import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  readdir,
  readlink,
  rename,
  rmdir,
  symlink,
  unlink,
} from 'node:fs/promises'
import { errorCode } from '../store/trouble'
import { bytePath, parentsOf } from './names'

export const lookAt = async (top: string, path: string): Promise<Stats | null> => {
  try {
    return await lstat(bytePath(top, path))
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw error
  }
}

/** The first folder on the way to `path` that is something else, e.g. a symbolic link; null: the way is free. */
export const blockedBy = async (top: string, path: string): Promise<string | null> => {
  for (const parent of parentsOf(path)) {
    const stats = await lookAt(top, parent)
    if (stats === null) return null
    if (!stats.isDirectory()) return parent
  }
  return null
}

export const removeFile = async (top: string, path: string): Promise<void> => {
  if ((await blockedBy(top, path)) !== null) return
  const stats = await lookAt(top, path)
  if (stats !== null && !stats.isDirectory()) await unlink(bytePath(top, path))
}

/** Removes the folders that the removed files have left empty, but neither `keep` nor one that it lies in. */
export const removeEmptyFolders = async (
  top: string,
  removed: readonly string[],
  keep: string,
): Promise<void> => {
  const folders = [...new Set(removed.flatMap(parentsOf))].sort((a, b) => b.length - a.length)
  for (const folder of folders) {
    if (`${keep}/`.startsWith(`${folder}/`)) continue
    try {
      if ((await blockedBy(top, folder)) === null) await rmdir(bytePath(top, folder))
    } catch (error) {
      // Not empty: something git does not know is in it. Gone or replaced: nothing to do.
      const code = errorCode(error)
      if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'].includes(code)) throw error
    }
  }
}

const join = (folder: Buffer, name: string): Buffer =>
  Buffer.concat([folder, Buffer.from('/'), Buffer.from(name, 'latin1')])

/** The folders in a folder, itself last, when there is nothing else in it; null when there is. */
const hollow = async (folder: Buffer): Promise<readonly Buffer[] | null> => {
  const inner: Buffer[] = []
  for (const entry of await readdir(folder, { encoding: 'latin1', withFileTypes: true })) {
    const below = entry.isDirectory() ? await hollow(join(folder, entry.name)) : null
    if (below === null) return null
    inner.push(...below)
  }
  return [...inner, folder]
}

/** Git knows no empty folders, so they may go. False: something else is in it, or `keep` is. */
const clearFolder = async (top: string, path: string, keep: string): Promise<boolean> => {
  if (`${keep}/`.startsWith(`${path}/`)) return false
  const folders = await hollow(bytePath(top, path))
  for (const folder of folders ?? []) await rmdir(folder)
  return folders !== null
}

/** Git keeps only whether a file may be run; the rest is taken from the file that is replaced. */
const alike = (mode: number, runnable: boolean): number =>
  runnable ? mode | ((mode & 0o444) >> 2) : mode & ~0o111

const move = async (from: Buffer, to: Buffer, isLink: boolean): Promise<void> => {
  try {
    return await rename(from, to)
  } catch (error) {
    if (errorCode(error) !== 'EXDEV') throw error
  }
  // Another file system: copied beside its place first, so that it still appears whole.
  const near = Buffer.concat([to, Buffer.from('.duologue-restore')])
  if (isLink) await symlink(await readlink(from, { encoding: 'buffer' }), near)
  else await copyFile(from, near)
  await rename(near, to)
}

/** Moves a staged file or symbolic link to its place. False: a folder that is not empty, or a link, is in the way. */
export const placeFile = async (
  staging: string,
  top: string,
  path: string,
  keep: string,
): Promise<boolean> => {
  if ((await blockedBy(top, path)) !== null) return false
  const parents = parentsOf(path)
  const parent = parents[parents.length - 1]
  if (parent !== undefined) await mkdir(bytePath(top, parent), { recursive: true })
  const staged = bytePath(staging, path)
  const its = await lstat(staged)
  const present = await lookAt(top, path)
  if (present?.isDirectory() && !(await clearFolder(top, path, keep))) return false
  if (present?.isFile() && its.isFile())
    await chmod(staged, alike(present.mode & 0o7777, (its.mode & 0o100) !== 0))
  await move(staged, bytePath(top, path), its.isSymbolicLink())
  return true
}
