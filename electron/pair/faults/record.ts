/**
 * For tests: the durable record that an agent keeps for itself, outside the host, one file a session. What is judged
 * is this, not what the host believes.
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SEATS, type SeatId } from '../../../shared/pair/seat'

export type RecordLine =
  /** `id` is read from the text's own header, as an agent would. */
  | { readonly type: 'taken'; readonly id: string; readonly text: string }
  | { readonly type: 'turn'; readonly turn: string; readonly what: 'began' | 'ended' }
  | { readonly type: 'call'; readonly name: string; readonly ok: boolean }

export interface TakenMessage {
  readonly seat: SeatId
  readonly session: string
  readonly id: string
  /** Null: the record knows the id only. */
  readonly text: string | null
}

export const idOf = (text: string): string => /^\[duologue ([0-9a-f]+)\]/.exec(text)?.[1] ?? ''

const fileOf = (root: string, seat: SeatId, session: string): string =>
  join(root, seat, `${session.padStart(6, '0')}.jsonl`)

export const append = (
  root: string,
  seat: SeatId,
  session: string,
  ...lines: readonly RecordLine[]
): void => {
  mkdirSync(join(root, seat), { recursive: true })
  const text = lines.map(line => `${JSON.stringify(line)}\n`).join('')
  appendFileSync(fileOf(root, seat, session), text)
}

export const read = (root: string, seat: SeatId, session: string): readonly RecordLine[] => {
  const path = fileOf(root, seat, session)
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.flatMap(line => (line === '' ? [] : [JSON.parse(line) as RecordLine]))
}

export const sessionsOf = (root: string, seat: SeatId): readonly string[] =>
  existsSync(join(root, seat))
    ? readdirSync(join(root, seat))
        .sort()
        .map(name => name.replace('.jsonl', ''))
    : []

export const takenIn = (root: string): readonly TakenMessage[] =>
  SEATS.flatMap(seat =>
    sessionsOf(root, seat).flatMap(session =>
      read(root, seat, session).flatMap(line =>
        line.type === 'taken' ? [{ seat, session, id: line.id, text: line.text }] : [],
      ),
    ),
  )
