/**
 * One turn of opencode as its answers tell it: after an answer that asked for tools comes the next. What it says is what
 * the last answer with any text says.
 */
import { asTurnId, type TurnId } from '../ids'
import type { AssistantInfo, OpencodeError, TextPart } from './opencode-frames'
import { printable } from './printable'

export interface OpenTurn {
  readonly turn: TurnId
  /** The answer that is being written, or was last. */
  readonly answer: string
  /** Nothing more will come of that answer. */
  readonly done: boolean
  /** It asked for no tool, so no other follows it. */
  readonly final: boolean
  readonly error: OpencodeError | null
  /** Text of the last answer that had any. */
  readonly text: string
  readonly textOf: string
  /** It waits for its model server. */
  readonly stalled: boolean
}

/** A turn is named after its first answer. */
export const openTurn = (answer: string): OpenTurn => ({
  turn: asTurnId(answer),
  answer,
  done: false,
  final: false,
  error: null,
  text: '',
  textOf: '',
  stalled: false,
})

export const nextAnswer = (turn: OpenTurn, answer: string): OpenTurn => ({
  ...turn,
  answer,
  done: false,
  final: false,
  error: null,
})

/** `info`: what is told of the turn's answer by now. */
export const answerGrown = (turn: OpenTurn, info: AssistantInfo): OpenTurn => {
  const done = typeof info.time.completed === 'number'
  return { ...turn, done, final: done && info.finish !== 'tool-calls', error: info.error ?? null }
}

/** What a part says, once it is complete; null when it is not for us to tell. */
export const wordsOf = (turn: OpenTurn, part: TextPart): string | null => {
  const finished = typeof part.time?.end === 'number'
  if (part.messageID !== turn.answer || part.synthetic || !finished) return null
  const text = printable(part.text)
  return text.trim() === '' ? null : text
}

export const withWords = (turn: OpenTurn, part: TextPart, text: string): OpenTurn => ({
  ...turn,
  text: turn.textOf === part.messageID ? `${turn.text}\n\n${text}` : text,
  textOf: part.messageID,
})
