/** The relay's rules, one story each: what goes out, to whom, in which order. */
import { expect, test } from 'vitest'
import { VIA_RECORD } from '../agent/event'
import { asFindingId, asPairId, asRequestId } from '../ids'
import type { Review } from '../review/finding'
import { decide } from './decide'
import { fold } from './evolve'
import { wireText } from './messages/wire'
import { AT, pass, Story } from './story'

const changes: Review = {
  verdict: 'changes',
  summary: 'One thing.',
  findings: [
    { id: asFindingId('1.1'), severity: 'major', file: 'a.ts', line: 3, text: 'Off by one.', inScope: true },
    { id: asFindingId('1.2'), severity: 'minor', file: 'b.ts', line: 0, text: 'Rename it.', inScope: false },
  ],
}

test('the opening goes with the launch, verbatim', () => {
  const story = new Story()
  expect(story.effects.slice(0, 2)).toEqual([
    { type: 'launch', seat: 'left', resume: null, opening: story.state.outbox[0]?.id },
    { type: 'launch', seat: 'right', resume: null, opening: null },
  ])
  const opening = story.state.outbox[0]
  expect(opening && wireText(story.state, opening)).toBe(
    '[duologue abcd01] From: your human. You are the driver. Round 1 of 10.\n\nFix the upload.\nKeep the API.',
  )
})

test('a driver’s turn goes to the navigator with intent, words, diffstat and target', () => {
  const story = new Story()
  story.sent()
  story.drive('I fixed it.')
  const [message, ...more] = story.sent()
  expect(more).toEqual([])
  expect(message?.seat).toBe('right')
  expect(message?.text).toMatch(
    /^\[duologue abcd\w+\] From: your pair partner Claude Code \(the driver\), relayed by Duologue\. You are the navigator\. Round 1 of 10\.\n/,
  )
  for (const part of [
    '> Fix the upload.\n> Keep the API.',
    '> I fixed it.',
    '1 file, +4 −2',
    'b0..c1',
    'submit_review',
  ]) {
    expect(message?.text).toContain(part)
  }
})

test('changes go back with the findings in scope only, and a pass of what is reported done ends the pair', () => {
  const story = new Story()
  story.drive()
  story.take('right')
  story.review(changes)
  story.sent()
  story.end('right', 'See my findings.')
  const [back] = story.sent()
  expect(back?.seat).toBe('left')
  expect(back?.text).toContain('- 1.1 major a.ts:3 Off by one.')
  expect(back?.text).not.toContain('Rename it.')
  expect(story.state.round).toBe(2)
  story.take('left')
  story.call('left', 'answer_findings', { answers: [{ id: '1.1', answer: 'fixed' }] })
  story.report()
  story.end('left')
  story.measured()
  story.judge(pass)
  story.settled()
  expect(story.state.stage).toEqual({
    phase: 'ended',
    reason: 'agreed',
    detail: 'No proof was asked for.',
  })
  expect(story.sent().map(({ seat }) => seat)).toEqual(['right'])
})

test('the verdict counts at the end of the turn, and the last one wins', () => {
  const story = new Story()
  story.finish()
  story.take('right')
  story.review(changes)
  story.review(pass)
  expect(story.state.stage.phase).toBe('reviewing')
  story.end('right')
  story.settled()
  expect(story.state.stage.phase).toBe('ended')
})

test('changes at the cap end the pair', () => {
  const story = new Story(1)
  story.drive()
  story.take('right')
  story.review(changes)
  story.end('right')
  expect(story.state.stage).toEqual({ phase: 'ended', reason: 'cap', detail: '1 round without agreement' })
})

test('a review without a verdict is reminded once, then held; the human may rule', () => {
  const story = new Story()
  story.finish()
  story.take('right')
  story.end('right', 'Looks good to me!')
  expect(story.kinds()).toEqual(['reminder right sending'])
  story.take('right')
  story.end('right', 'As I said.')
  expect(story.holds()).toEqual(['unclear'])
  story.command({ type: 'rule', verdict: 'pass' })
  story.settled()
  expect(story.state.stage.phase).toBe('ended')
})

test('a failed review is an error: held, and no round', () => {
  const story = new Story()
  story.finish()
  story.take('right')
  story.end('right', '', { type: 'failed', cause: 'quota', detail: 'limit reached' })
  expect(story.holds()).toEqual(['quota'])
  expect(story.events.filter(({ type }) => type === 'reviewed')).toMatchObject([
    { verdict: 'error', summary: 'limit reached' },
  ])
  expect(story.state.round).toBe(1)
  story.command({ type: 'retry' })
  expect(story.kinds()).toEqual(['notice right sending'])
  story.judge(pass)
  story.settled()
  expect(story.state.stage.phase).toBe('ended')
})

test('pause holds a handoff; step lets one pass; resume lets go', () => {
  const story = new Story()
  story.take('left')
  story.command({ type: 'pause', now: false })
  story.end('left')
  story.measured()
  story.sent()
  expect(story.kinds()).toEqual(['handoff right waiting'])
  story.command({ type: 'step' })
  expect(story.sent()).toHaveLength(1)
  story.take('right')
  story.review(changes)
  story.end('right')
  expect(story.kinds()).toEqual(['handoff left waiting'])
  story.command({ type: 'resume' })
  expect(story.sent().map(({ seat }) => seat)).toEqual(['left'])
})

test('an edited handoff is what arrives; a dropped one does not', () => {
  const story = new Story()
  story.take('left')
  story.command({ type: 'pause', now: false })
  story.end('left')
  story.measured()
  const [waiting] = story.state.outbox
  if (!waiting) throw new Error('nothing waits')
  story.command({ type: 'editDelivery', id: waiting.id, text: 'Only look at a.ts.' })
  story.command({ type: 'resume' })
  expect(story.sent().at(-1)?.text).toMatch(
    /You are the navigator\. Round 1 of 10\.\n\nOnly look at a\.ts\.$/,
  )
  expect(story.refusalOf({ type: 'dropDelivery', id: waiting.id })).toBe(
    'This message no longer waits: it has been sent or dropped.',
  )
})

test('a steer for now goes into the running turn; one for later travels with the handoff', () => {
  const story = new Story()
  story.take('left')
  story.sent()
  story.command({ type: 'steer', to: 'left', when: 'now', text: 'Smaller steps.' })
  expect(story.sent()).toMatchObject([{ seat: 'left', mode: 'steer' }])
  story.agent('left', {
    type: 'messageTaken',
    id: story.state.outbox.at(-1)?.id ?? (asPairId('') as never),
    via: 'x',
  })
  story.command({ type: 'steer', to: 'right', when: 'next', text: 'Mind the API.' })
  expect(story.sent()).toEqual([])
  story.end('left')
  story.measured()
  const [message] = story.sent()
  expect(message?.text).toMatch(/not from your partner\):\nMind the API\.$/)
  story.take('right')
  expect(story.state.outbox.every(({ status }) => status === 'accepted')).toBe(true)
})

test('a steer into a long tool call is not asked about before the turn has ended', () => {
  const story = new Story()
  story.take('left')
  story.effects = []
  story.command({ type: 'steer', to: 'left', when: 'now', text: 'Smaller steps.' })
  const id = story.state.outbox.at(-1)?.id
  expect(story.effects).toEqual([{ type: 'deliver', seat: 'left', id, mode: 'steer' }])
  story.effects = []
  story.end('left')
  expect(story.effects[0]).toEqual({ type: 'awaitAcceptance', id })
})

test('the human’s last word goes to the driver even after a pass', () => {
  const story = new Story()
  story.drive()
  story.command({ type: 'steer', to: 'left', when: 'next', text: 'Add a changelog line.' })
  story.take('right')
  story.review(pass)
  story.end('right')
  expect(story.state.round).toBe(2)
  expect(story.sent().at(-1)?.text).toContain('Add a changelog line.')
})

test('an aside of the human in the other seat is never relayed', () => {
  const story = new Story()
  story.take('left')
  story.humanTurn('right')
  story.end('right', 'Just chatting.')
  expect(story.kinds()).toEqual(['opening left accepted'])
  expect(story.state.stage.phase).toBe('driving')
})

test('a human’s turn of the driver takes a waiting handoff back and makes it anew', () => {
  const story = new Story()
  story.take('left')
  story.command({ type: 'pause', now: false })
  story.end('left', 'first')
  story.measured()
  story.humanTurn('left')
  expect(story.kinds()).toEqual([])
  story.end('left', 'second')
  story.measured()
  expect(story.state.outbox.map(({ text }) => text.includes('> second'))).toEqual([true])
})

test('a question or approval of either agent holds the relay until it is closed', () => {
  const story = new Story()
  story.take('left')
  const request = {
    type: 'approval',
    id: asRequestId('r1'),
    title: 'Run',
    body: 'ls',
    reason: '',
    choices: ['allow', 'deny'],
  } as const
  story.agent('right', { type: 'requestOpened', request })
  story.end('left')
  story.measured()
  expect(story.kinds()).toEqual(['handoff right waiting'])
  story.command({ type: 'answer', id: request.id, answer: { type: 'approval', choice: 'allow' } })
  expect(
    story.refusalOf({ type: 'answer', id: request.id, answer: { type: 'approval', choice: 'deny' } }),
  ).toBe('This has been answered already.')
  story.agent('right', { type: 'requestClosed', id: request.id, by: 'inbox', summary: 'allowed' })
  expect(story.kinds()).toEqual(['handoff right sending'])
})

test('swap takes effect where a round begins: the reviewer mends what it found', () => {
  const story = new Story()
  story.drive()
  story.command({ type: 'swap' })
  story.take('right')
  story.review(changes)
  story.sent()
  story.end('right')
  expect(story.state.driver).toBe('right')
  const [message] = story.sent()
  expect(message?.seat).toBe('right')
  expect(message?.text).toContain('you are the driver now, and Claude Code will review')
  story.take('right')
  story.end('right')
  story.measured()
  expect(story.sent().map(({ seat }) => seat)).toEqual(['left'])
})

test('end round stops the turn and hands over what there is', () => {
  const story = new Story()
  story.take('left')
  story.command({ type: 'endRound' })
  expect(story.effects.at(-1)).toEqual({ type: 'interrupt', seat: 'left' })
  story.end('left', 'half done', { type: 'interrupted' })
  story.measured()
  expect(story.sent().map(({ seat }) => seat)).toEqual(['right'])
  story.take('right')
  story.command({ type: 'endRound' })
  story.end('right', 'was reading', { type: 'interrupted' })
  expect(story.sent().at(-1)?.text).toContain('No verdict: your human ended the review early')
  expect(story.state.round).toBe(2)
})

test('an interruption by the human holds; resume lets the agent go on, hand over takes what there is', () => {
  const story = new Story()
  story.take('left')
  story.end('left', '', { type: 'interrupted' })
  expect(story.holds()).toEqual(['interrupted'])
  story.command({ type: 'resume' })
  expect(story.kinds()).toEqual(['notice left sending'])
  story.take('left')
  story.end('left', '', { type: 'interrupted' })
  story.command({ type: 'handOver' })
  story.measured()
  expect(story.kinds()).toEqual(['handoff right sending'])
})

test('a driver that dies in its turn holds; restarted by its exact session it is told to look and go on', () => {
  const story = new Story()
  story.take('left')
  story.agent('left', { type: 'exited', code: 13, signal: null, resumable: true })
  expect(story.state.holds).toMatchObject([
    {
      type: 'trouble',
      seat: 'left',
      detail: 'Its program ended with exit code 13 in the middle of its turn.',
    },
  ])
  story.effects = []
  story.command({ type: 'restartSeat', seat: 'left' })
  expect(story.effects).toEqual([{ type: 'launch', seat: 'left', resume: 's-left', opening: null }])
  story.agent('left', { type: 'ready', session: 's-left', version: '1' })
  expect(story.holds()).toEqual([])
  expect(story.kinds()).toEqual(['notice left sending'])
})

test('a driver that died with a steer on its way is told once to look and go on', () => {
  const story = new Story()
  story.take('left')
  story.command({ type: 'steer', to: 'left', when: 'now', text: 'Mind the gap.' })
  const steer = story.state.outbox.find(({ kind }) => kind === 'steer')
  if (!steer) throw new Error('no steer')
  story.agent('left', { type: 'exited', code: null, signal: 'SIGKILL', resumable: true })
  story.command({ type: 'restartSeat', seat: 'left' })
  story.agent('left', { type: 'ready', session: 's-left', version: '1' })
  story.agent('left', { type: 'messageTaken', id: steer.id, via: VIA_RECORD })
  expect(story.kinds()).toEqual(['steer left accepted', 'notice left sending'])
})

test.each(['the app', 'the program'])(
  'a round that the human ended goes over, also when %s died with its turn',
  who => {
    const story = new Story()
    story.take('left')
    story.command({ type: 'endRound' })
    if (who === 'the app') story.command({ type: 'reopen' })
    else {
      story.agent('left', { type: 'exited', code: 1, signal: null, resumable: true })
      story.command({ type: 'restartSeat', seat: 'left' })
    }
    story.agent('left', { type: 'ready', session: 's-left', version: '1' })
    story.measured()
    expect(story.kinds()).toEqual([`handoff right ${who === 'the app' ? 'waiting' : 'sending'}`])
    expect(story.state.endingRound).toBe(false)
  },
)

test('a review that the human ended goes back, also when the app died with its turn', () => {
  const story = new Story()
  story.drive()
  story.take('right')
  story.command({ type: 'endRound' })
  story.command({ type: 'reopen' })
  story.agent('right', { type: 'ready', session: 's-right', version: '1' })
  expect(story.kinds()).toEqual(['handoff left waiting'])
  expect(story.state).toMatchObject({ endingRound: false, round: 2 })
})

test('a message that was on its way when the program died is looked for, and sent again only if it is not there', () => {
  const story = new Story()
  story.drive()
  story.agent('right', { type: 'exited', code: null, signal: 'SIGKILL', resumable: true })
  story.command({ type: 'restartSeat', seat: 'right' })
  story.effects = []
  story.agent('right', { type: 'ready', session: 's-right', version: '1' })
  const [handoff] = story.state.outbox
  if (!handoff) throw new Error('the handoff is gone')
  expect(story.effects).toEqual([{ type: 'recheck', seat: 'right', ids: [handoff.id] }])
  story.give({ type: 'signal', signal: { type: 'notTaken', id: handoff.id } })
  expect(story.effects.at(-2)).toEqual({ type: 'deliver', seat: 'right', id: handoff.id, mode: 'message' })
})

test('not accepted in time: a hold, and retry does not send twice if it was taken after all', () => {
  const story = new Story()
  story.drive()
  const [handoff] = story.state.outbox
  if (!handoff) throw new Error('no handoff')
  story.give({ type: 'signal', signal: { type: 'acceptTimedOut', id: handoff.id } })
  expect(story.holds()).toEqual(['notAccepted'])
  story.command({ type: 'retry' })
  expect(story.effects.at(-1)).toEqual({ type: 'recheck', seat: 'right', ids: [handoff.id] })
  story.give({ type: 'signal', signal: { type: 'acceptTimedOut', id: handoff.id } })
  story.take('right')
  expect(story.holds()).toEqual([])
  expect(story.refusalOf({ type: 'retry' })).toBe('Nothing has failed.')
})

test('opened again after a restart, the pair waits for the human, and what was on its way is looked for', () => {
  const story = new Story()
  story.drive()
  const reopened = decide(fold(story.events), { type: 'command', command: { type: 'reopen' } }, AT)
  if (!reopened.ok) throw new Error('refused')
  const state = fold(reopened.value, story.state)
  expect(state.holds.map(({ type }) => type)).toEqual(['paused'])
  expect(state.outbox.map(({ kind, status }) => `${kind} ${status}`)).toEqual(['handoff sending'])
  expect(reopened.value.map(({ type }) => type)).toEqual([
    'pairReopened',
    'held',
    'seatStarting',
    'seatStarting',
  ])
})

test('ended by the human: nothing waits any more and nothing is sent', () => {
  const story = new Story()
  story.take('left')
  story.command({ type: 'end' })
  story.sent()
  story.end('left')
  expect(story.sent()).toEqual([])
  expect(story.refusalOf({ type: 'steer', to: 'both', when: 'now', text: 'x' })).toBe('The pair has ended.')
})
