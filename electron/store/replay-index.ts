/**
 * What is known of a recording without reading it through: its keyframes and markers. They come from the file beside
 * it; one that does not fit the recording is made again, never trusted. Only places are held, the screens stay on the
 * disk.
 */
import { appendFileSync, closeSync, fstatSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import type { LabelledSecond } from '../../shared/replay/anchors'
import { type CastHeader, parseCastHeader, parseCastLine } from '../../shared/terminal/cast'
import {
  KEYFRAME_BYTES,
  type Keyframe,
  type KeyLine,
  keyLine,
  parseKeyLine,
} from '../../shared/terminal/keyframe'
import { keysPath, tieAt, tieOf, unpackScreen } from './keyframes'
import { lineBatches } from './lines'
import { firstLine } from './recordings'
import { errorCode } from './trouble'

export interface KeyframePlace {
  readonly seconds: number
  /** In the recording. */
  readonly offset: number
  /** Of its line, in the file of keyframes. */
  readonly from: number
  readonly to: number
}

export interface ReplayIndex {
  readonly path: string
  readonly header: CastHeader
  /** Where the recording's first event is. */
  readonly begin: number
  readonly keyframes: readonly KeyframePlace[]
  readonly marks: readonly LabelledSecond[]
}

/** Makes the keyframes of the recording `cast` into the file `keys`; rejects when it cannot. */
export type BuildKeyframes = (cast: string, keys: string) => Promise<void>

/** Recorders write one in `KEYFRAME_BYTES`; a single event may be longer. Beyond this a seek would be slow. */
const MOST_BETWEEN = 16 * KEYFRAME_BYTES

/** Undefined: there is no recording, or it holds nothing. Throws the system's error when it cannot be read. */
export const openReplayIndex = async (
  path: string,
  build: BuildKeyframes,
  trust: 'whatFits' | 'nothing' = 'whatFits',
): Promise<ReplayIndex | undefined> => {
  const found = await stat(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  })
  if (!found?.isFile() || found.size === 0) return undefined
  const known = trust === 'whatFits' ? await readIndex(path) : 'unfit'
  if (known !== 'unfit') return known
  await rebuild(path, build)
  const made = await readIndex(path)
  if (made === 'unfit') throw new Error(`the keyframes of ${path} do not fit, though they were just made`)
  return made
}

const readIndex = async (path: string): Promise<ReplayIndex | undefined | 'unfit'> => {
  const fd = openSync(path, 'r')
  try {
    const first = firstLine(fd)
    const header = parseCastHeader(Buffer.from(first).toString('utf8'))
    if (!header) return undefined
    const begin = first.length + 1
    const lines = await readKeys(keysPath(path))
    const fits = lines?.tie === tieOf(first) && keyframesFit(fd, begin, lines.keyframes)
    if (!fits) return 'unfit'
    return { path, header, begin, marks: lines.marks, keyframes: lines.keyframes }
  } finally {
    closeSync(fd)
  }
}

interface KeysFile {
  readonly tie: string
  readonly marks: readonly LabelledSecond[]
  readonly keyframes: readonly (KeyframePlace & { readonly tie: string })[]
}

/** Undefined: there is none, or a line of it is none. A torn last line is left out. */
const readKeys = async (path: string): Promise<KeysFile | undefined> => {
  let tie: string | undefined
  const marks: LabelledSecond[] = []
  const keyframes: (KeyframePlace & { readonly tie: string })[] = []
  try {
    for await (const batch of lineBatches(path)) {
      for (const { text, offset: from, end: to, whole } of batch) {
        const line = parseKeyLine(text)
        if (!line) {
          if (whole) return undefined
        } else if ('keys' in line) tie = line.tie
        else if ('mark' in line) marks.push({ label: line.mark, seconds: line.seconds })
        else keyframes.push({ seconds: line.seconds, offset: line.offset, tie: line.tie, from, to })
      }
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
  return tie === undefined ? undefined : { tie, marks, keyframes }
}

/** Each belongs to its place, they are in order, and none is missing. */
const keyframesFit = (fd: number, begin: number, keyframes: KeysFile['keyframes']): boolean => {
  const { size } = fstatSync(fd)
  let before = { offset: begin, seconds: 0 }
  for (const each of keyframes) {
    if (each.offset < before.offset || each.seconds < before.seconds || each.offset > size) return false
    if (each.offset - before.offset > MOST_BETWEEN || each.tie !== tieAt(fd, each.offset)) return false
    before = each
  }
  return size - before.offset <= MOST_BETWEEN
}

/** A recorder may go on meanwhile: the keyframes that it has written since are taken over. */
const rebuild = async (path: string, build: BuildKeyframes): Promise<void> => {
  const [keys, made] = [keysPath(path), `${keysPath(path)}.part`]
  try {
    const { size } = await stat(path)
    await build(path, made)
    // From here to the rename nothing else of this process runs.
    for (const line of addedSince(path, Math.max(size, lastOffset(made)))) appendFileSync(made, keyLine(line))
    renameSync(made, keys)
  } finally {
    rmSync(made, { force: true })
  }
}

/** Of what was made; the recording may have been read further than it was long at the beginning. */
const lastOffset = (made: string): number => {
  const last = parseKeyLine(linesOf(made).at(-2) ?? '')
  return last && 'offset' in last ? last.offset : 0
}

/** Lines of the old file about what was recorded after `offset`. */
const addedSince = (path: string, offset: number): readonly KeyLine[] => {
  const fd = openSync(path, 'r')
  try {
    const now = fstatSync(fd).size
    return linesOf(keysPath(path)).flatMap(text => {
      const line = parseKeyLine(text)
      if (!line || !('offset' in line) || line.offset <= offset || line.offset > now) return []
      return 'key' in line && line.tie !== tieAt(fd, line.offset) ? [] : [line]
    })
  } finally {
    closeSync(fd)
  }
}

const linesOf = (path: string): readonly string[] => {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  }
}

export interface KeyframeState {
  readonly cols: number
  readonly rows: number
  readonly screen: string
  /** Where the recording goes on. */
  readonly offset: number
}

/**
 * The last keyframe at or before these seconds, read from the disk; the empty terminal when there is none. Undefined:
 * it is damaged.
 */
export const keyframeAt = async (index: ReplayIndex, seconds: number): Promise<KeyframeState | undefined> => {
  const { header, begin } = index
  const place = lastAt(index.keyframes, seconds)
  const empty = { cols: header.width, rows: header.height, screen: '', offset: begin }
  if (!place) return empty
  const line = parseKeyLine(await textAt(keysPath(index.path), place.from, place.to))
  const key: Keyframe | undefined = line && 'key' in line && line.offset === place.offset ? line : undefined
  const screen = key && unpackScreen(key)
  if (!key || screen === undefined) return undefined
  return { cols: key.cols, rows: key.rows, screen, offset: key.offset }
}

const lastAt = (keyframes: readonly KeyframePlace[], seconds: number): KeyframePlace | undefined => {
  let [low, high] = [0, keyframes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((keyframes[middle]?.seconds ?? 0) <= seconds) low = middle + 1
    else high = middle
  }
  return keyframes[low - 1]
}

const textAt = async (path: string, from: number, to: number): Promise<string> => {
  const file = await open(path, 'r')
  try {
    return (await readRange(file, from, to)).toString('utf8')
  } finally {
    await file.close()
  }
}

/** Less than asked for at the end of the file. */
export const readRange = async (file: FileHandle, from: number, to: number): Promise<Buffer> => {
  const bytes = Buffer.alloc(Math.max(0, to - from))
  let done = 0
  while (done < bytes.length) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, from + done)
    if (bytesRead === 0) break
    done += bytesRead
  }
  return bytes.subarray(0, done)
}

/** Bytes at the end of a recording in which its last line is looked for. */
const LAST_LINE_BYTES = 1024 * 1024

/** The seconds of the last whole line. */
export const endOf = async (path: string): Promise<number> => {
  const { size } = await stat(path)
  const text = await textAt(path, Math.max(0, size - LAST_LINE_BYTES), size)
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).trimEnd()
  return parseCastLine(lines.slice(lines.lastIndexOf('\n') + 1))?.[0] ?? 0
}
