import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { COMMAND_PRESETS, commandLimits } from '../../../shared/agent/command'
import { message, openTrial } from '../trial'
import { type CommandBench, commandBench, TUI } from './bench'
import { createCommand } from './command'

/** Milliseconds; a busy machine takes its time, and two refusals wait for theirs. */
vi.setConfig({ testTimeout: 60_000 })

let bench: CommandBench
beforeEach(async () => {
  bench = await commandBench()
})
afterEach(() => bench.clear())

test('no Enter into a dialog: what is pasted is not shown there, so the message is refused and nothing answered', async () => {
  const trial = await bench.open()
  trial.type('!!dialog')
  await trial.sees('!!dialog')
  trial.type('\r')
  await trial.sees('Allow?')
  const from = trial.events.length
  // For Duologue the silence of an open dialog is the end of a turn: that much a program without hooks cannot tell.
  await trial.until('turnEnded')
  const sent = await trial.seat.deliver(message('b001', 'Go on.'))
  expect(sent).toMatchObject({ ok: false, error: { type: 'notSent' } })
  expect(trial.events.slice(from).filter(({ type }) => type === 'messageTaken')).toEqual([])
  expect(await bench.entries()).toEqual([{ received: '!!dialog' }])
  trial.type('n')
  await trial.sees('answered no')
  expect((await bench.entries()).at(-1)).toEqual({ answered: 'no' })
})

test('hooks know of an open dialog: the message waits for the turn to end', async () => {
  const trial = await bench.open({ ...TUI, hooks: 'own' })
  trial.type('!!dialog')
  await trial.sees('!!dialog')
  trial.type('\r')
  await trial.sees('Allow?')
  const sent = trial.seat.deliver(message('b002', 'Go on.'))
  await trial.until('notice', ({ text }) => text.includes('middle of a turn'))
  trial.type('n')
  // A key in a dialog could as well be the beginning of a draft: Enter in the empty prompt says that it is none.
  await trial.until('notice', ({ text }) => text.includes('you typed'))
  trial.type('\r')
  expect(await sent).toEqual({ ok: true, value: undefined })
  expect(trial.events.find(({ type }) => type === 'messageTaken')).toEqual({
    ...{ type: 'messageTaken', id: 'b002', via: 'hook' },
  })
  expect((await bench.entries())[1]).toEqual({ answered: 'no' })
})

test('a tool is called from a shell, and its answer read there', async () => {
  const trial = await bench.open({ ...TUI, hooks: 'own' })
  trial.type('!!tool {"verdict":"pass"}')
  await trial.sees('"pass"}')
  trial.type('\r')
  expect(await trial.until('turnEnded')).toMatchObject({ text: 'done', outcome: { type: 'completed' } })
  expect(trial.calls).toEqual([{ name: 'submit_review', args: { verdict: 'pass' } }])
  await trial.sees('It is recorded.')
  const from = trial.events.length
  trial.type('!!tool no json')
  await trial.sees('no json')
  trial.type('\r')
  await trial.until('turnEnded', undefined, from)
  await trial.sees('must be one JSON object')
  expect(trial.calls).toHaveLength(1)
})

test('a whole diff arrives as it was, with what the program must know before its first message', async () => {
  const trial = await bench.open()
  const body = Array.from({ length: 300 }, (_, at) => `+\tline ${at} of a diff — ünïcode 世界`).join('\n')
  await trial.seat.deliver(message('b003', `${body}\u001b[31mred\u0003`))
  await trial.until('turnEnded')
  const [first = ''] = await bench.received()
  expect(first).toContain(`Round 1 of 5.\n\n${body}red\n\nAbout this pair:\nYou work in a pair.`)
  await trial.seat.deliver(message('b004', 'Next.'))
  expect((await bench.received())[1]).toBe(message('b004', 'Next.').text)
})

test('a message of which the hook tells only a part does not count as taken', async () => {
  const trial = await bench.open({ ...TUI, hooks: 'own', env: { TUI_LOSSY: '1' } })
  const sent = await trial.seat.deliver(message('b007', 'All of it.'))
  expect(await bench.received()).toEqual(['[duologue b007]'])
  expect(sent).toMatchObject({ ok: false, error: { type: 'notSent' } })
  expect(trial.events.filter(({ type }) => type === 'messageTaken')).toEqual([])
})

test('a turn that the human stops in the program, of which no hook tells, ends with silence', async () => {
  const trial = await bench.open({ ...TUI, hooks: 'own', env: { TUI_MUTE: '1' } })
  await trial.seat.deliver(message('b008', '!!long'))
  await trial.until('turnStarted')
  trial.type('\x1b')
  expect((await trial.until('turnEnded')).outcome).toEqual({ type: 'interrupted' })
})

test('without bracketed paste the message is one line, so that it is sent once', async () => {
  const trial = await bench.open({ ...TUI, env: { TUI_PASTE: '0' } })
  await trial.seat.deliver(message('b005', 'One.\n\tTwo.'))
  await trial.until('turnEnded')
  const received = await bench.received()
  expect(received).toHaveLength(1)
  expect(received[0]).toContain('Round 1 of 5. One. Two. About this pair:')
})

test('a draft that the human takes back key by key no longer holds', async () => {
  const trial = await bench.open()
  trial.type('ab')
  trial.type('\x1b[I')
  const sent = trial.seat.deliver(message('b006', 'Go on.'))
  await trial.until('notice', ({ text }) => text.includes('you typed'))
  trial.type('\x7f')
  trial.type('\x7f')
  expect(await sent).toEqual({ ok: true, value: undefined })
  expect(await bench.received()).toHaveLength(1)
})

test('a program that cannot resume begins anew and says so; one that fails or is not there is a launch error', async () => {
  const { resumeArgs: _, ...anew } = TUI
  const trial = await bench.open(anew, { resume: 'gone' })
  expect((await trial.until('ready')).session).not.toBe('gone')
  await trial.until('notice', ({ text }) => text.includes('begins anew'))
  await expect(bench.open(TUI, { resume: 'nobody' })).rejects.toThrow('ended at once with code 3')
  await expect(bench.open({ ...TUI, command: 'no-such-program' })).rejects.toThrow('was not found')
  const none = { config: { agent: 'command' }, folder: '/', dir: '/', env: {} } as const
  expect(await openTrial(createCommand(), none)).toMatchObject({ ok: false })
})

test('its own files are for this user only, and its limits are said', async () => {
  const trial = await bench.open()
  await trial.until('notice', ({ text }) => text === commandLimits(TUI))
  const { dir } = bench
  for (const file of ['curl.conf', 'pair.md', join('bin', 'duologue-tool')])
    expect((await stat(join(dir, file))).mode & 0o077).toBe(0)
  expect(COMMAND_PRESETS.map(commandLimits).join()).toContain('inbox')
})
