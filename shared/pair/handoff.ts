/**
 * What agents read. A message is a header line, which says who speaks and in which role the reader is, and a body,
 * which the human may edit while it waits. A partner's message is marked as the partner's, never as the human's.
 */
import type { Finding, Review } from '../review/finding'
import { stripControl } from '../terminal/paste'
import type { Delivery, Diffstat, Measure, PairState } from './model'
import { otherSeat, type SeatId } from './seat'
import { nameOf, roleOf } from './view'

/** Characters of a partner's last message that travel; the journal keeps it whole. */
const MAX_MESSAGE_CHARS = 24_000
const MAX_FILES = 40

/** The mark by which an agent's own record shows that it took a delivery. */
const headerMark = (id: string): string => `[duologue ${id}]`

/** The whole text that is sent for a delivery: header, body, and the steers that travel with it. */
export const wireText = (state: PairState, delivery: Delivery): string => {
  const carried = delivery.carries.flatMap(id => state.outbox.filter(each => each.id === id))
  const steers = carried.map(
    ({ text }) => `Your human adds (this comes from the human, not from your partner):\n${text}`,
  )
  return stripControl([header(state, delivery), delivery.text, ...steers].join('\n\n'))
}

/** A few words for the agent's own list of messages. */
export const wireSummary = (state: PairState, { kind, to }: Delivery): string => {
  if (kind === 'handoff') return `Message from ${nameOf(state, otherSeat(to))} · round ${state.round}`
  return kind === 'steer' || kind === 'opening' ? 'Message from you' : 'Message from Duologue'
}

const header = (state: PairState, { id, kind, to }: Delivery): string => {
  const partner = otherSeat(to)
  const from =
    kind === 'handoff'
      ? `From: your pair partner ${nameOf(state, partner)} (the ${roleOf(state, partner)}), relayed by Duologue.`
      : kind === 'steer' || kind === 'opening'
        ? 'From: your human.'
        : 'From: Duologue.'
  return `${headerMark(id)} ${from} You are the ${roleOf(state, to)}. Round ${state.round} of ${state.caps.rounds}.`
}

const quote = (text: string): string =>
  text
    .split('\n')
    .map(line => `> ${line}`.trimEnd())
    .join('\n')

const bounded = (text: string): string =>
  text.length <= MAX_MESSAGE_CHARS
    ? text
    : `${text.slice(0, MAX_MESSAGE_CHARS)}\n[cut here: ${text.length - MAX_MESSAGE_CHARS} more characters are in the human's timeline]`

const partnerSaid = (state: PairState, seat: SeatId): string => {
  const text = bounded(stripControl(state.lastText[seat]).trim())
  const name = nameOf(state, seat)
  return text === '' ? `${name} said nothing.` : `${name} said:\n${quote(text)}`
}

const intentBlock = (state: PairState): string => `The human's intent, verbatim:\n${quote(state.intent)}`

const diffstatLine = ({ fileCount, added, removed }: Diffstat): string =>
  `${fileCount} ${fileCount === 1 ? 'file' : 'files'}, +${added} −${removed}`

const changeBlock = ({ diffstat, target, note }: Measure): string => {
  if (!diffstat) return `Changed files: not known. ${note}`.trim()
  const files = diffstat.files
    .slice(0, MAX_FILES)
    .map(file => `  ${file.path} +${file.added} −${file.removed}`)
  const more = diffstat.fileCount > MAX_FILES ? [`  … and ${diffstat.fileCount - MAX_FILES} more`] : []
  const lines = [`Changed in this turn: ${diffstatLine(diffstat)}`, ...files, ...more]
  if (!target) return lines.join('\n')
  return [
    ...lines,
    `Review target: ${target.base}..${target.tree}`,
    `  (see it with: git diff ${target.base} ${target.tree})`,
  ].join('\n')
}

export const openingText = (state: PairState): string => state.intent

export const handoffToNavigator = (state: PairState): string =>
  [
    intentBlock(state),
    partnerSaid(state, state.driver),
    ...(state.lastMeasure ? [changeBlock(state.lastMeasure)] : []),
    'Review this work against the intent; change no files. Then call the tool submit_review: `pass` if it is right as it stands, or `changes` with findings (file, line, what is wrong; inScope: false for what belongs to another task). Only the tool call counts as your verdict.',
  ].join('\n\n')

const findingLine = ({ id, severity, file, line, text }: Finding): string =>
  `- ${id} ${severity} ${file === '' ? '(no file)' : line > 0 ? `${file}:${line}` : file} ${text}`

export const handoffToDriver = (state: PairState, review: Review): string => {
  const inScope = review.findings.filter(finding => finding.inScope)
  const navigator = otherSeat(state.driver)
  return [
    `Verdict: ${review.verdict}. ${review.summary}`.trim(),
    ...(inScope.length > 0 ? [`Findings in scope:\n${inScope.map(findingLine).join('\n')}`] : []),
    partnerSaid(state, navigator),
    intentBlock(state),
    review.verdict === 'pass'
      ? 'The review has passed; your human has more to say, below. Do that, then end your turn.'
      : 'Mend what is right in these findings, say briefly why not where you disagree, stay within the intent, and end your turn when it is ready for review.',
  ].join('\n\n')
}

/** After a swap: the reviewer takes over the work it has reviewed. */
export const handoffAfterSwap = (state: PairState, previous: string): string =>
  `Your human has swapped the roles: you are the driver now, and ${nameOf(state, otherSeat(state.driver))} will review.\n\n${previous}`

/** When a round was ended early, or a review gave no verdict: what there is, without one. */
export const handoffUnreviewed = (state: PairState): string =>
  [
    'No verdict: your human ended the review early and hands over what there is.',
    partnerSaid(state, otherSeat(state.driver)),
    intentBlock(state),
    'Take from it what helps, and end your turn when the work is ready for review.',
  ].join('\n\n')

export const reminderText =
  'Your turn ended without a verdict. Call the tool submit_review now: `pass`, or `changes` with at least one finding. Prose does not count.'

export const goOnText =
  'Your human lets you go on: continue where you were stopped, and end your turn when you are done.'

export const restartedText =
  'You were stopped in the middle of your work and have been resumed. Look at the state of the workspace, continue, and end your turn when you are done.'
