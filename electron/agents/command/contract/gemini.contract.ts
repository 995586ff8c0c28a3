/**
 * Gemini CLI in a seat by its preset: the real program, offline, its model a script on loopback. Needs `npm ci` in
 * `e2e/contracts`; run by `vitest run --config vitest.contracts.config.mts`. The tests share one started seat.
 */
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import process from 'node:process'
import { describe, expect, test } from 'vitest'
import * as model from '../../../../e2e/contracts/gemini-model-server'
import { never } from '../../../../e2e/contracts/script'
import { COMMAND_PRESETS } from '../../../../shared/agent/command'
import { asDeliveryId } from '../../../../shared/ids'
import { afterTest, makePlace, type Place, processesOf, shared, until } from '../../contract-bench'
import { createTrials, message, type Trial } from '../../trial'
import { createCommand } from '../command'

const PROGRAMS = resolve(__dirname, '../../../../e2e/contracts/node_modules/.bin')
if (!existsSync(join(PROGRAMS, 'gemini'))) throw new Error('run `npm ci` in e2e/contracts first')
const preset = COMMAND_PRESETS.find(({ name }) => name === 'gemini')
if (preset === undefined) throw new Error('there is no preset for Gemini CLI')

const PROMPT = 'Type your message'
const DIALOG = 'Allow execution of'
const CANCELLED = 'Request cancelled'

/** Silence is shortened for the test: at work, Gemini CLI draws about ten times a second. */
const command = { ...preset, quietMs: 2_000 }

const REVIEW = { verdict: 'pass', summary: 'It is right.', findings: [] }

const respond: model.GeminiModelOptions['respond'] = ({ user, outputs, tools }) => {
  if (user.includes('Think for ever.')) return never()
  if (outputs.length > 0) return [model.say(`It says: ${outputs.join()}`)]
  if (user.includes('Make a file.')) return [model.shell('touch made')]
  const submit = tools.find(name => name.endsWith('submit_review'))
  if (user.includes('Submit it.') && submit !== undefined) return [model.call(submit, REVIEW)]
  return [model.say('It is done.')]
}

interface Bench extends Place {
  readonly model: model.GeminiModel
  open(more?: { readonly resume: string }): Promise<Trial>
}

const bench = async (under: string): Promise<Bench> => {
  const place = makePlace('gemini', under)
  const server = await model.startGeminiModel({ respond })
  afterTest(() => server.stop())
  const written = await model.writeGeminiHome(place.home, server.port)
  const env = { ...written, PATH: [PROGRAMS, dirname(process.execPath), written.PATH].join(delimiter) }
  const config = { agent: 'command', command } as const
  const opening = message('aa00', 'Say done.')
  const { open, clear } = createTrials({
    ...{ agent: createCommand(), config, folder: place.project, env, root: place.home, prompt: PROMPT },
  })
  afterTest(clear)
  return { ...place, model: server, open: more => open(more ?? { opening }) }
}

const idsTaken = (trial: Trial): readonly string[] =>
  trial.events.flatMap(event => (event.type === 'messageTaken' ? [event.id] : []))

/** Every user on Linux has the first; the second, which root owns alone, is where Gemini CLI takes hooks from us. */
const places = [
  { name: 'by silence', under: tmpdir(), hooks: false },
  ...(process.getuid?.() === 0 ? [{ name: 'by hooks', under: '/var/lib', hooks: true }] : []),
]

describe.each(places)('Gemini CLI, its turns known $name', ({ under, hooks }) => {
  const running = shared(async () => {
    const b = await bench(under)
    const trial = await b.open()
    await trial.until('turnEnded')
    return { ...b, trial, users: () => b.model.requests.at(-1)?.users ?? [] }
  })

  const turnOf = async (trial: Trial, id: string) => {
    const { turn } = await trial.until(
      'turnStarted',
      ({ cause }) => cause !== 'human' && cause.delivery === id,
    )
    return trial.until('turnEnded', ended => ended.turn === turn)
  }

  const deliver = async (trial: Trial, id: string, body: string) => {
    expect(await trial.seat.deliver(message(id, body))).toEqual({ ok: true, value: undefined })
    return turnOf(trial, id)
  }

  test('the opening and the next message are taken once each, whole, in turns of their own', async () => {
    const { trial, users } = await running()
    const { turn: first, ...ended } = await trial.until('turnEnded')
    expect(ended).toEqual({
      ...{ type: 'turnEnded', outcome: { type: 'completed' }, text: hooks ? 'It is done.' : '' },
    })
    const next = await deliver(trial, 'ab01', 'Read @package.json.')
    expect(next.turn).not.toBe(first)
    expect(idsTaken(trial)).toEqual(['aa00', 'ab01'])
    expect(trial.events.filter(({ type }) => type === 'turnStarted')).toMatchObject([
      { turn: first, cause: { delivery: 'aa00' } },
      { turn: next.turn, cause: { delivery: 'ab01' } },
    ])
    const [opening = '', second, ...more] = users()
    expect(opening).toContain(`${message('aa00', 'Say done.').text}\n\nAbout this pair:\nYou work in a pair.`)
    expect([second, ...more]).toEqual([message('ab01', 'Read \\@package.json.').text])
    expect(await trial.seat.took(asDeliveryId('ab01'))).toBe(true)
  })

  test('a half-typed draft is left alone: the message waits until the human has sent it', async () => {
    const { trial, model: server, users } = await running()
    const from = trial.events.length
    const asked = server.requests.length
    trial.type('status')
    await trial.sees('status')
    const sent = trial.seat.deliver(message('ac01', 'Say done.'))
    await trial.until('notice', ({ text }) => text.includes('you typed'), from)
    expect(server.requests).toHaveLength(asked)
    // An Enter within 30 ms of a letter is a newline there; no hand is that quick.
    await new Promise(done => setTimeout(done, 200))
    trial.type('\r')
    const own = await trial.until('turnStarted', ({ cause }) => cause === 'human', from)
    await trial.until('turnEnded', event => event.turn === own.turn, from)
    expect(await sent).toEqual({ ok: true, value: undefined })
    await turnOf(trial, 'ac01')
    expect(users().slice(-2)).toEqual(['status', message('ac01', 'Say done.').text])
  })

  test('an open permission dialog never gets a key; once the human has said no, the next message goes', async () => {
    const { trial, project, users } = await running()
    const from = trial.events.length
    await trial.seat.deliver(message('ad01', 'Make a file.'))
    await trial.sees(DIALOG)
    const sent = trial.seat.deliver(message('ad02', 'Say done.'))
    if (hooks) await trial.until('notice', ({ text }) => text.includes('middle of a turn'), from)
    else expect(await sent).toMatchObject({ ok: false, error: { type: 'notSent' } })
    expect(await trial.terminal.screen()).toContain(DIALOG)
    const before = trial.events.length
    trial.type('\x1b')
    await trial.sees(CANCELLED)
    if (hooks)
      expect((await trial.until('turnEnded', undefined, before)).outcome).toEqual({ type: 'interrupted' })
    trial.type('\r')
    if (hooks) expect(await sent).toEqual({ ok: true, value: undefined })
    else await trial.seat.deliver(message('ad02', 'Say done.'))
    await turnOf(trial, 'ad02')
    expect(users().at(-1)).toBe(message('ad02', 'Say done.').text)
    expect(existsSync(join(project, 'made'))).toBe(false)
  })

  if (hooks)
    test('a tool of the pair is called without a dialog', async () => {
      const { trial } = await running()
      const { text } = await deliver(trial, 'ae01', 'Submit it.')
      expect(trial.calls).toEqual([{ name: 'submit_review', args: REVIEW }])
      expect(text).toContain('It is recorded.')
    })

  test('an interrupt ends the turn, and the next message is taken', async () => {
    const { trial, model: server, users } = await running()
    const from = trial.events.length
    await trial.seat.deliver(message('af01', 'Think for ever.'))
    const { turn: stopped } = await trial.until('turnStarted', undefined, from)
    const thinks = () => server.requests.at(-1)?.user.includes('Think for ever.')
    await until('the request', thinks, () => server.requests.at(-1))
    expect(await trial.seat.interrupt()).toEqual({ ok: true, value: undefined })
    expect(await trial.until('turnEnded', undefined, from)).toEqual({
      ...{ type: 'turnEnded', turn: stopped, outcome: { type: 'interrupted' }, text: '' },
    })
    expect(await trial.seat.interrupt()).toMatchObject({ ok: false, error: { type: 'notNow' } })
    expect((await deliver(trial, 'af02', 'Say done.')).outcome).toEqual({ type: 'completed' })
    expect(users().at(-1)).toBe(message('af02', 'Say done.').text)
  })

  test('killed, the conversation comes back with what it took; stopped in a turn, no process is left', async () => {
    const { home, model: server, open } = await bench(under)
    const first = await open()
    await first.until('turnEnded')
    const { session } = await first.until('ready')
    process.kill(first.pid, 'SIGKILL')
    expect(await first.until('exited')).toMatchObject({ resumable: true })
    await first.seat.stop()
    const second = await open({ resume: session })
    expect((await second.until('ready')).session).toBe(session)
    expect(await second.seat.took(asDeliveryId('aa00'))).toBe(true)
    await second.seat.deliver(message('ba01', 'Think for ever.'))
    await second.until('turnStarted')
    const thinks = () => server.requests.at(-1)?.user === message('ba01', 'Think for ever.').text
    await until('the request', thinks, () => server.requests.at(-1))
    expect(server.requests.at(-1)?.users[0]).toContain('[duologue aa00]')
    await second.seat.stop()
    expect(processesOf(home)).toEqual([])
    expect(await second.seat.deliver(message('ba02', 'Say done.'))).toMatchObject({ ok: false })
  })
})
