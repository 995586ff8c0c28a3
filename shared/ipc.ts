/**
 * The one contract between the window and the host. `Requests` go from the renderer to main and get a reply;
 * `Pushes` go the other way. Every request is parsed with its schema and its sender checked in main; replies are
 * plain data. Terminal bytes do not pass here: they have a MessagePort each (terminal/wire).
 */
import { z } from 'zod'
import { CommandConfig } from './agent/command-config'
import type { AgentInfo } from './agent/info'
import type { Place } from './attention/notice'
import type { Waiting } from './attention/waiting'
import type { Stamped } from './pair/events'
import type { Standing } from './pair/standing'
import type { PairSummary } from './pair/summary'
import type { ReplayExtent, ReplayFrame, ReplayPiece } from './replay/frames'
import type { TreeDiff } from './review/diff'
import type { SearchAnswer } from './search/answer'
import { Settings } from './settings'
import type { PaintedLine } from './terminal/painted'
import type { Found } from './transcript/redact'

const seatId = z.enum(['left', 'right'])
const agentKind = z.enum(['claude', 'codex', 'opencode', 'practice', 'command'])
const text = z.string().max(200_000)
const seatConfig = z.object({
  agent: agentKind,
  model: z.string().max(200).optional(),
  permissionMode: z.string().max(100).optional(),
  command: CommandConfig.optional(),
})
const answer = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('approval'),
    choice: z.enum(['allow', 'allowForSession', 'deny']),
    message: text.optional(),
  }),
  z.object({ type: z.literal('question'), answers: z.record(z.string(), z.array(text)) }),
])

const planItem = z.object({
  id: z.string().max(40),
  text: z.string().max(8_000),
  why: z.string().max(8_000),
  files: z.array(z.string().max(1_000)).max(100),
})
const proof = z.object({ command: z.string().min(1).max(4_000), limitSeconds: z.number().min(1).max(86_400) })

/** Mirrors `Command` of pair/inputs; the handler's types hold the two together. */
const command = z.discriminatedUnion('type', [
  z.object({ type: z.literal('pause'), now: z.boolean() }),
  z.object({ type: z.literal('resume') }),
  z.object({ type: z.literal('step') }),
  z.object({
    type: z.literal('steer'),
    to: z.enum(['left', 'right', 'both']),
    when: z.enum(['now', 'next']),
    text: text.min(1),
  }),
  z.object({ type: z.literal('editDelivery'), id: z.string(), text: text.min(1) }),
  z.object({ type: z.literal('dropDelivery'), id: z.string() }),
  z.object({ type: z.literal('swap') }),
  z.object({ type: z.literal('endRound') }),
  z.object({ type: z.literal('end') }),
  z.object({ type: z.literal('answer'), id: z.string(), answer }),
  z.object({ type: z.literal('handOver') }),
  z.object({ type: z.literal('retry') }),
  z.object({ type: z.literal('goOnAtReset') }),
  z.object({ type: z.literal('takeBack') }),
  z.object({ type: z.literal('rule'), verdict: z.enum(['pass', 'changes']) }),
  z.object({ type: z.literal('restartSeat'), seat: seatId }),
  z.object({ type: z.literal('reopen') }),
  z.object({ type: z.literal('editPlan'), items: z.array(planItem).max(100), reason: text }),
  z.object({ type: z.literal('approvePlan') }),
  z.object({ type: z.literal('skipPlan') }),
  z.object({ type: z.literal('runProof') }),
  z.object({ type: z.literal('stopProof') }),
  z.object({ type: z.literal('setProof'), proof: proof.nullable() }),
  z.object({
    type: z.literal('ruleFinding'),
    id: z.string(),
    ruling: z.enum(['upheld', 'dismissed', 'deferred']),
    reason: text,
  }),
  z.object({ type: z.literal('promoteFinding'), id: z.string() }),
  z.object({ type: z.literal('doubleReview') }),
  z.object({ type: z.literal('acceptUnplanned') }),
  z.object({ type: z.literal('returnUnplanned') }),
  z.object({ type: z.literal('restore'), checkpoint: z.number().int().min(0) }),
])

export const StartRequest = z.object({
  /** Absolute path; null makes the practice pair's scratch repository. */
  folder: z.string().min(1).nullable(),
  intent: text.min(1),
  left: seatConfig,
  right: seatConfig,
  rounds: z.number().int().min(1).max(100),
  minutes: z.number().positive().max(10_000).optional(),
  tokens: z.number().int().min(1_000).optional(),
  planFirst: z.enum(['no', 'reviewed', 'approved']).optional(),
  proof: proof.optional(),
  doubleReview: z.boolean().optional(),
  holdUnplanned: z.boolean().optional(),
})
export type StartRequest = z.infer<typeof StartRequest>

const pair = z.object({ pair: z.string().regex(/^[a-z0-9-]{1,64}$/) })
const pullRequestWords = z.object({ title: z.string().min(1).max(300), body: text })
const secretValues = z.array(z.string().max(4_000)).max(1_000)
const exportFormats = ['markdown', 'html', 'jsonl', 'cast', 'followUps'] as const
const tree = z.string().regex(/^[0-9a-f]{40,64}$/)
export type ExportFormat = (typeof exportFormats)[number]

export const requestSchemas = {
  'app.info': z.undefined(),
  'agents.detect': z.undefined(),
  'settings.set': Settings.partial(),
  'folder.choose': z.undefined(),
  /** Looks at a folder before a pair starts there. */
  'folder.check': z.object({ folder: z.string() }),
  'pairs.list': z.undefined(),
  /** Pairs in whose intent, handoffs, steers and findings all these words occur. */
  'pairs.search': z.object({ query: z.string().max(500) }),
  'pairs.start': StartRequest,
  'pairs.open': pair,
  /** Where each pair stands that is open in this process; later changes are pushed. */
  'pairs.standings': z.undefined(),
  /** Ends the agents' processes of a live pair; its journal stays. */
  'pairs.close': pair,
  'pair.command': pair.extend({ command }),
  /** What an export would replace, and how large it would be. */
  'pair.previewExport': pair,
  /**
   * Writes the export where the human chooses (`target` absent: asks with a dialog). `choice` absent: by the rules alone;
   * `terminals`: both stand in an HTML transcript, to be played.
   */
  'pair.export': pair.extend({
    format: z.enum(exportFormats),
    target: z.string().optional(),
    choice: z.object({ keep: secretValues, words: secretValues }).optional(),
    terminals: z.boolean().optional(),
  }),
  /** What changed from one work tree of the pair to another, file by file. */
  'pair.diff': pair.extend({ from: tree, to: tree }),
  /** The output of a run of the proof, from its beginning. */
  'pair.proofOutput': pair.extend({ run: z.number().int().min(1) }),
  /** Writes the plan as PLAN.md into the workspace; one that is not ours is not overwritten. */
  'pair.writePlan': pair,
  /** What a draft pull request would say, and whether it can be made from here; `edited`: the human's text of it. */
  'pair.previewPullRequest': pair.extend({ edited: pullRequestWords.optional() }),
  /** Pushes the branch and creates the draft; nothing else pushes anything. */
  'pair.createPullRequest': pair.extend(pullRequestWords.shape),
  /** Files of the pair's workspace whose path fits `query`, the best first. */
  'pair.files': pair.extend({ query: z.string().max(300) }),
  /** Takes the pair for this window, before it is opened here; null: it has none. */
  'window.claim': z.object({ pair: pair.shape.pair.nullable() }),
  /** A new window, with this pair or the first screen; one that has the pair already comes to the front. */
  'window.open': z.object({ pair: pair.shape.pair.nullable() }),
  /** The window shows this pair now, or none. */
  'attention.shown': z.object({ pair: pair.shape.pair.nullable() }),
  /** Asks for a terminal's MessagePort; it arrives as a window message (see preload). */
  'terminal.attach': pair.extend({ seat: seatId }),
  /** The last screen of a closed pair's seat, with its colours. */
  'terminal.past': pair.extend({ seat: seatId }),
  /** What can be replayed of a pair; makes what is missing for it, which may take some seconds. */
  'replay.open': pair,
  /** A seat's terminal at a moment, in milliseconds since 1970. */
  'replay.frame': pair.extend({ seat: seatId, at: z.number().min(0) }),
  /** What follows in a seat's recording; `from`: the place that the last answer named as the next. */
  'replay.read': pair.extend({ seat: seatId, from: z.int().min(0) }),
  'link.open': z.object({ url: z.string().max(4_000) }),
  /** Shows a file or folder of ours in the system's file manager. */
  'path.show': z.object({ path: z.string() }),
} as const

export type RequestName = keyof typeof requestSchemas
export type RequestInput<N extends RequestName> = z.infer<(typeof requestSchemas)[N]>

export interface AppInfo {
  readonly version: string
  readonly platform: string
  readonly settings: Settings
  readonly dataFolder: string
  /** Warnings that stay visible, e.g. that the app runs without Chromium's sandbox. */
  readonly warnings: readonly string[]
  /** The pair that this window was opened for, or has had since; null: the first screen. */
  readonly pair: string | null
}

export interface PullRequestPreview {
  readonly title: string
  readonly body: string
  /** `gh` was found and nothing is in the way. */
  readonly ready: boolean
  /** What is in the way, in sentences that say what to do. */
  readonly problems: readonly string[]
  /** What will be pushed where; null when that is not known. */
  readonly push: { readonly branch: string; readonly remote: string } | null
  /** What the human should know and may overlook; it keeps nothing from being made. */
  readonly notes: readonly string[]
  /** Shell commands that do the same by hand when only `gh` is missing; they name the file that has the body. */
  readonly commands: readonly string[]
}

/** Where a secret was found: in what was said and noted, in a handoff's diff, on a terminal's screen. */
export type SecretPlace = 'text' | 'diff' | 'screen'

/** A value that looks like a secret; `found` is where it stood first. */
export interface SecretHit {
  readonly found: Found
  readonly count: number
  readonly places: readonly SecretPlace[]
  /** What stands around it there, in one line. */
  readonly before: string
  readonly after: string
}

export interface ExportPreview {
  readonly hits: readonly SecretHit[]
  /** Values beyond those, which are replaced too. */
  readonly more: number
  /** There is a recording of a terminal at least. */
  readonly recorded: boolean
  /** About how large each format would be; `terminals` come on top of `html`. */
  readonly bytes: Readonly<Record<'html' | 'terminals' | 'markdown' | 'jsonl' | 'cast', number>>
}

/** A reply that failed for a reason worth showing; `message` says what to do. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string }

export interface OpenedPair {
  /** Its journal as it is on the disk (`renderer/store/journal.ts` reads it). It may hold the newest events before they are told, never after. */
  readonly journal: Uint8Array
  /** True when its agents run in this process. */
  readonly live: boolean
  /** What is wrong with it though it can be read, in words; empty when all is well. */
  readonly damage: readonly string[]
  /** Set when writing failed: the pair is paused until it works again. */
  readonly storageTrouble: string | null
}

export interface Replies {
  'app.info': AppInfo
  'agents.detect': readonly AgentInfo[]
  'settings.set': Settings
  /** Null when the human cancelled. */
  'folder.choose': string | null
  'folder.check': {
    readonly ok: boolean
    readonly git: boolean
    readonly branch: string | null
    readonly message: string
    /** A proof command that suits the project; null when none is known. */
    readonly proof: string | null
  }
  'pairs.list': readonly PairSummary[]
  'pairs.search': SearchAnswer
  'pairs.start': { readonly pair: string }
  'pairs.open': OpenedPair
  'pairs.standings': readonly Standing[]
  'pairs.close': null
  'pair.command': null
  'pair.previewExport': ExportPreview
  /** Paths written; empty when the human cancelled. */
  'pair.export': readonly string[]
  'pair.diff': TreeDiff
  'pair.proofOutput': string
  /** The path that was written. */
  'pair.writePlan': string
  'pair.previewPullRequest': PullRequestPreview
  /** Its address; `problem`: it is there, but could not be noted in the pair's journal. */
  'pair.createPullRequest': { readonly url: string; readonly problem: string | null }
  /** Relative to the pair's folder, with `/`. */
  'pair.files': readonly string[]
  /** False: another window has it, which came to the front. */
  'window.claim': boolean
  'window.open': null
  /** What waits in each pair now; later changes are pushed. */
  'attention.shown': readonly Waiting[]
  'terminal.attach': null
  /** Null: nothing was recorded. `at`: ISO 8601. */
  'terminal.past': { readonly lines: readonly PaintedLine[]; readonly at: string } | null
  'replay.open': ReplayExtent
  /** Null: nothing was recorded of this seat. */
  'replay.frame': ReplayFrame | null
  'replay.read': ReplayPiece | null
  'link.open': null
  'path.show': null
}

export interface Pushes {
  /** New events of the pair that this window has, in order, without gaps. */
  'pair.events': { readonly pair: string; readonly events: readonly Stamped[] }
  'pair.trouble': { readonly pair: string; readonly storageTrouble: string | null }
  /** More plain text of a proof that runs. */
  'pair.proof': { readonly pair: string; readonly run: number; readonly text: string }
  'pairs.changed': null
  'pairs.standings': readonly Standing[]
  'attention.waiting': readonly Waiting[]
  /** The human clicked on a notification: show this place of this pair. */
  'attention.go': { readonly pair: string; readonly place: Place }
  /** Something waits, and a sound is wanted. */
  'attention.sound': null
  'settings.changed': Settings
  /** A menu entry was chosen; the id of a command of keymap. */
  'menu.command': { readonly command: string }
}
export type PushName = keyof Pushes

/** What the preload puts on `window.duologue`: three functions, and the window message that carries terminal ports. */
export interface Bridge {
  request<N extends RequestName>(name: N, input: RequestInput<N>): Promise<Reply<Replies[N]>>
  on<N extends PushName>(name: N, listener: (payload: Pushes[N]) => void): () => void
  /** Absolute path of a `File` that was dropped or chosen; empty for any other. */
  pathOf(file: object): string
}

/** `window.postMessage` data that comes with a terminal's MessagePort. */
export interface TerminalPortMessage {
  readonly type: 'duologue.terminal'
  readonly pair: string
  readonly seat: 'left' | 'right'
}
