/** The machine that a figure was taken on; without it a figure says nothing. */
import { readFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { cpus, getPriority, loadavg, release, type as system, tmpdir, totalmem } from 'node:os'
import type { Machine } from './result'

/** `f_type` of statfs(2): what a sync costs depends on it. */
const DISKS: Readonly<Record<number, string>> = {
  61267: 'ext4',
  16914836: 'tmpfs',
  2435016766: 'btrfs',
  1481003842: 'xfs',
  2035054128: 'overlayfs',
}

/** Written by scripts/electron.mjs. */
const electronVersion = (): string => {
  try {
    return JSON.parse(readFileSync('.cache/electron.json', 'utf8')).version
  } catch {
    return 'none' // it has not been looked for: no case here needs it
  }
}

export const loadNow = (): number => loadavg()[0] ?? 0

export const describeMachine = async (): Promise<Machine> => {
  const { type } = await statfs(tmpdir())
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: totalmem() / 2 ** 30,
    os: `${system()} ${release()}`,
    disk: DISKS[type] ?? `disk of type ${type.toString(16)}`,
    node: process.versions.node,
    electron: electronVersion(),
    load: loadNow(),
    nice: getPriority(),
  }
}
