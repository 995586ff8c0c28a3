/**
 * Every command of the window: its id, its words, its default key. Menu, palette, buttons and tests draw from
 * this one table, so a control cannot exist without its key, nor a key without its control.
 *
 * Rule: no key here may be one that a terminal program can need. A TUI lives on plain keys, Ctrl+letter (control
 * codes), Alt+anything (meta), function keys and arrows with any modifier. A legacy terminal cannot tell
 * Ctrl+Shift+letter from Ctrl+letter, so programs do not bind it and terminals keep it for themselves; `Ctrl+.`
 * and `Ctrl+,` have no control code at all. Those three families are ours (⌘ in place of Ctrl on a Mac, where no
 * ⌘ key ever reaches a terminal). Ctrl+Shift+C, V and F stay with the terminal: copy, paste, find.
 * This is why Steer is Ctrl+Shift+K and not Ctrl+K, which readline and both agents use to cut a line.
 */
export type CommandGroup = 'Pair' | 'Decide' | 'Go to' | 'View' | 'Replay' | 'Export' | 'App'

/** `key` is a lowercase letter, `.` or `,`. The main modifier (Ctrl, ⌘ on a Mac) is always held. */
export interface Stroke {
  readonly key: string
  readonly shift: boolean
}

interface CommandSpec {
  readonly id: string
  readonly label: string
  readonly group: CommandGroup
  readonly stroke: Stroke | null
}

const shift = (key: string): Stroke => ({ key, shift: true })
const plain = (key: string): Stroke => ({ key, shift: false })

export const commands = [
  { id: 'pair.pause', label: 'Pause or resume', group: 'Pair', stroke: plain('.') },
  { id: 'pair.pauseNow', label: 'Pause and stop the turn', group: 'Pair', stroke: shift('b') },
  { id: 'pair.step', label: 'Step', group: 'Pair', stroke: shift('s') },
  { id: 'pair.steer', label: 'Steer…', group: 'Pair', stroke: shift('k') },
  { id: 'pair.cannedSteer', label: 'Canned steer…', group: 'Pair', stroke: null },
  { id: 'pair.swap', label: 'Swap roles', group: 'Pair', stroke: shift('x') },
  { id: 'pair.endRound', label: 'End round', group: 'Pair', stroke: shift('r') },
  { id: 'pair.end', label: 'End pair', group: 'Pair', stroke: shift('e') },
  { id: 'pair.reopen', label: 'Go on with this pair', group: 'Pair', stroke: null },
  { id: 'pair.newWindow', label: 'Open this pair in a new window', group: 'Pair', stroke: null },
  { id: 'pair.close', label: 'Close this pair', group: 'Pair', stroke: shift('w') },
  { id: 'pair.runProof', label: 'Run the proof', group: 'Pair', stroke: shift('m') },
  { id: 'pair.stopProof', label: 'Stop the proof', group: 'Pair', stroke: null },
  { id: 'pair.doubleReview', label: 'Blind double review', group: 'Pair', stroke: null },
  { id: 'pair.handOver', label: 'Hand over now', group: 'Decide', stroke: shift('h') },
  { id: 'pair.retry', label: 'Retry', group: 'Decide', stroke: shift('y') },
  { id: 'pair.goOnAtReset', label: 'Go on when the limit is over', group: 'Decide', stroke: null },
  { id: 'pair.takeBack', label: 'Take the message back', group: 'Decide', stroke: null },
  { id: 'pair.editHeld', label: 'Edit the message that was not taken', group: 'Decide', stroke: null },
  { id: 'pair.dropHeld', label: 'Drop the message that was not taken', group: 'Decide', stroke: null },
  { id: 'pair.rulePass', label: 'Count the review as pass', group: 'Decide', stroke: null },
  { id: 'pair.ruleChanges', label: 'Count the review as changes', group: 'Decide', stroke: null },
  { id: 'pair.approvePlan', label: 'Approve the plan', group: 'Decide', stroke: null },
  { id: 'pair.skipPlan', label: 'Go on without a plan', group: 'Decide', stroke: null },
  { id: 'pair.acceptUnplanned', label: 'Accept the unplanned files', group: 'Decide', stroke: null },
  { id: 'pair.returnUnplanned', label: 'Send the unplanned files back', group: 'Decide', stroke: null },
  { id: 'pair.restartLeft', label: 'Restart the left agent', group: 'Decide', stroke: null },
  { id: 'pair.restartRight', label: 'Restart the right agent', group: 'Decide', stroke: null },
  { id: 'go.inbox', label: 'Inbox', group: 'Go to', stroke: shift('a') },
  { id: 'go.waiting', label: 'Next pair that needs you', group: 'Go to', stroke: null },
  { id: 'go.driver', label: 'Driver’s terminal', group: 'Go to', stroke: shift('d') },
  { id: 'go.navigator', label: 'Navigator’s terminal', group: 'Go to', stroke: shift('g') },
  { id: 'go.timeline', label: 'Timeline', group: 'Go to', stroke: shift('t') },
  { id: 'go.now', label: 'Jump to now', group: 'Go to', stroke: shift('l') },
  { id: 'go.search', label: 'Search the timeline', group: 'Go to', stroke: null },
  { id: 'go.hold', label: 'Next hold in the timeline', group: 'Go to', stroke: null },
  { id: 'go.switch', label: 'Switch to a pair…', group: 'Go to', stroke: shift('o') },
  { id: 'go.pairs', label: 'All pairs', group: 'Go to', stroke: null },
  { id: 'go.searchPairs', label: 'Search past pairs…', group: 'Go to', stroke: null },
  { id: 'view.timeline', label: 'Show or hide the timeline', group: 'View', stroke: shift('j') },
  { id: 'view.broad', label: 'Widen or narrow what is beside the terminals', group: 'View', stroke: null },
  { id: 'view.cost', label: 'What this pair has used', group: 'View', stroke: null },
  { id: 'view.pairs', label: 'Widen or narrow the list of open pairs', group: 'View', stroke: null },
  { id: 'view.findings', label: 'Findings', group: 'View', stroke: shift('i') },
  { id: 'view.diff', label: 'Diff', group: 'View', stroke: null },
  { id: 'view.plan', label: 'Plan', group: 'View', stroke: null },
  { id: 'view.proof', label: 'Proof', group: 'View', stroke: null },
  { id: 'view.themeSystem', label: 'Theme: as the system', group: 'View', stroke: null },
  { id: 'view.themeDark', label: 'Theme: dark', group: 'View', stroke: null },
  { id: 'view.themeLight', label: 'Theme: light', group: 'View', stroke: null },
  { id: 'replay.toggle', label: 'Replay this pair, or go back', group: 'Replay', stroke: shift('u') },
  { id: 'replay.play', label: 'Play or pause the replay', group: 'Replay', stroke: null },
  { id: 'replay.previous', label: 'Previous handoff', group: 'Replay', stroke: null },
  { id: 'replay.next', label: 'Next handoff', group: 'Replay', stroke: null },
  { id: 'replay.speed1', label: 'Replay at 1×', group: 'Replay', stroke: null },
  { id: 'replay.speed2', label: 'Replay at 2×', group: 'Replay', stroke: null },
  { id: 'replay.speed4', label: 'Replay at 4×', group: 'Replay', stroke: null },
  { id: 'replay.speed8', label: 'Replay at 8×', group: 'Replay', stroke: null },
  { id: 'replay.speed16', label: 'Replay at 16×', group: 'Replay', stroke: null },
  { id: 'export.transcript', label: 'Export this pair…', group: 'Export', stroke: null },
  { id: 'export.followUps', label: 'Export the follow-ups', group: 'Export', stroke: null },
  { id: 'pair.writePlan', label: 'Write PLAN.md into the workspace', group: 'Export', stroke: null },
  { id: 'pair.pullRequest', label: 'Create a draft pull request…', group: 'Export', stroke: null },
  { id: 'app.newPair', label: 'Start a pair…', group: 'App', stroke: shift('n') },
  { id: 'app.newWindow', label: 'New window', group: 'App', stroke: null },
  { id: 'app.palette', label: 'All commands…', group: 'App', stroke: shift('p') },
  { id: 'app.settings', label: 'Settings…', group: 'App', stroke: plain(',') },
] as const satisfies readonly CommandSpec[]

export type CommandId = (typeof commands)[number]['id']

export const commandGroups: readonly CommandGroup[] = [
  'Pair',
  'Decide',
  'Go to',
  'View',
  'Replay',
  'Export',
  'App',
]

const byId: ReadonlyMap<string, CommandSpec> = new Map(commands.map(spec => [spec.id, spec]))

export const isCommandId = (text: string): text is CommandId => byId.has(text)

export const strokeOf = (id: CommandId): Stroke | null => byId.get(id)?.stroke ?? null

export const labelOf = (id: CommandId): string => byId.get(id)?.label ?? id

/** For people: `⇧⌘P` on a Mac, `Ctrl+Shift+P` elsewhere. `platform` as in Node: `darwin`, `linux`, `win32`. */
export const strokeLabel = (stroke: Stroke, platform: string): string => {
  const key = stroke.key.toUpperCase()
  if (platform === 'darwin') return `${stroke.shift ? '⇧' : ''}⌘${key}`
  return `Ctrl+${stroke.shift ? 'Shift+' : ''}${key}`
}

/** The value of `aria-keyshortcuts`. */
export const strokeAria = (stroke: Stroke, platform: string): string =>
  `${platform === 'darwin' ? 'Meta' : 'Control'}${stroke.shift ? '+Shift' : ''}+${stroke.key.toUpperCase()}`

/** The value of a menu entry's `accelerator`. */
export const strokeAccelerator = (stroke: Stroke): string =>
  `CommandOrControl+${stroke.shift ? 'Shift+' : ''}${stroke.key.toUpperCase()}`

/** The part of a DOM KeyboardEvent that tells a key; written out so that no DOM type is needed here. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** The command a key press means, or null: then the key belongs to whatever has the focus. */
export const commandForKey = (press: KeyPress, platform: string): CommandId | null => {
  const mac = platform === 'darwin'
  const held = mac ? press.metaKey && !press.ctrlKey : press.ctrlKey && !press.metaKey
  if (!held || press.altKey) return null
  const key = press.key.toLowerCase()
  const found = commands.find(
    ({ stroke }) => stroke !== null && stroke.key === key && stroke.shift === press.shiftKey,
  )
  return found?.id ?? null
}
