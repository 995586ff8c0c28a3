/**
 * What the CLI's session tells about itself beside its hooks: status file and transcript, followed from the moment
 * its paths are known. Rule: the transcript is read from its first byte, so that tokens are right after a restart;
 * only what is written from now on is news.
 */
import { dirname } from 'node:path'
import { headersIn } from '../../../shared/agent/claude-signals'
import { createTally, parseRow } from '../../../shared/agent/claude-transcript'
import type { ClaudeStatus } from '../../../shared/agent/claude-turns'
import type { Usage } from '../../../shared/agent/event'
import type { DeliveryId } from '../../../shared/ids'
import { type Following, followLines, followStatus } from './watch'

export interface SessionNews {
  readonly onStatus: (status: ClaudeStatus, since: number) => void
  /** A prompt as the CLI recorded it. */
  readonly onPrompt: (text: string) => void
  readonly onInterrupted: (promptId: string) => void
  /** Text of the agent that is not the end of its turn. */
  readonly onSaid: (text: string) => void
  readonly onUsage: (usage: Usage) => void
  /** Its provider refuses it until then. */
  readonly onLimit: (resetsAt: string) => void
  readonly log: (line: string) => void
}

export interface SessionFiles {
  /** Follows this transcript from now on; called again when the session changes. */
  attach(transcript: string): void
  transcript(): string | null
  /** Whether this message waits in the queue of the running CLI. */
  isQueued(id: DeliveryId): boolean
  refresh(): Promise<void>
  stop(): void
}

export const followSession = (pid: number, news: SessionNews): SessionFiles => {
  let path: string | null = null
  let queue: readonly string[] = []
  let rows: Following | null = null
  let status: Following | null = null

  const followTranscript = (transcript: string): Following => {
    let live = false
    /** Of this session: another one counts anew. */
    const tally = createTally()
    queue = []
    let usage: Usage | null = null
    const onLine = (line: string): void => {
      const row = parseRow(line)
      if (row?.type === 'prompt') news.onPrompt(row.text)
      if (row?.type === 'queue' && live) queue = row.text === null ? queue.slice(1) : [...queue, row.text]
      if (row?.type === 'interrupted') news.onInterrupted(row.promptId)
      if (row?.type === 'limit' && live) news.onLimit(row.resetsAt)
      if (row?.type !== 'assistant') return
      usage = tally.add(row.message, row.usage, row.sideChain)
      if (live && row.goesOn && !row.sideChain && row.text !== '') news.onSaid(row.text)
    }
    const onEnd = (): void => {
      live = true
      if (usage) news.onUsage(usage)
      usage = null
    }
    return followLines(transcript, onLine, onEnd, news.log)
  }

  const attach = (transcript: string): void => {
    if (transcript === path) return
    path = transcript
    rows?.stop()
    rows = followTranscript(transcript)
    // $CFG/projects/<folder>/<session>.jsonl
    const configDir = dirname(dirname(dirname(transcript)))
    status ??= followStatus(configDir, pid, news.onStatus, news.log)
  }

  return {
    attach,
    transcript: () => path,
    isQueued: id => queue.some(text => headersIn(text).includes(id)),
    refresh: async () => {
      await Promise.all([rows?.refresh(), status?.refresh()])
    },
    stop: () => {
      rows?.stop()
      status?.stop()
    },
  }
}

export interface Heard {
  /**
   * Anything was said. Killed while it begins, the CLI can leave a transcript of its modes alone: it ends with 1 when
   * that one is resumed (2.1.330 and 2.1.197).
   */
  readonly words: boolean
  /** Ids of the messages that were read. */
  readonly read: ReadonlySet<string>
}

/** Resolves when the whole transcript has been read. */
export const heardIn = (path: string, log: (line: string) => void): Promise<Heard> =>
  new Promise(resolve => {
    let words = false
    const read = new Set<string>()
    const onLine = (line: string): void => {
      const row = parseRow(line)
      if (row?.type === 'prompt' || row?.type === 'assistant') words = true
      if (row?.type === 'prompt') for (const id of headersIn(row.text)) read.add(id)
    }
    const following = followLines(
      path,
      onLine,
      () => {
        queueMicrotask(() => following.stop())
        resolve({ words, read })
      },
      log,
    )
  })
