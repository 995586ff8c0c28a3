/**
 * The seat of opencode against the real program, offline: its model is a script on loopback. Needs `npm ci` in
 * `e2e/contracts`; run by `vitest run --config vitest.contracts.config.mts`. Here: how a seat begins.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as model from '../../../../e2e/contracts/opencode-model-server'
import { asDeliveryId } from '../../../../shared/ids'
import { message } from '../../contract-bench'
import { createOpencode } from '../opencode'
import { asked, bench, binary, READY, says } from './bench'

test('a session is made, the TUI is attached, a delivery is taken and its turn ends with the final text', async () => {
  const b = await bench(request => [model.say(`answer to ${request.user.split('\n')[1]}`)])
  const seat = await b.open()
  expect(await b.event('ready')).toMatchObject({ version: '1.18.33', model: 'fake/m' })
  await b.see(READY)
  const sent = message('say hello')
  expect(await seat.deliver(sent)).toEqual({ ok: true, value: undefined })
  const { turn } = await b.event('turnEnded')
  await b.event('usage')
  expect(b.events.filter(event => event.type !== 'ready')).toEqual([
    { type: 'messageTaken', id: sent.id, via: 'message.updated' },
    { type: 'turnStarted', turn, cause: { delivery: sent.id } },
    { type: 'said', turn, text: 'answer to say hello' },
    { type: 'turnEnded', turn, outcome: { type: 'completed' }, text: 'answer to say hello' },
    {
      type: 'usage',
      usage: {
        inputTokens: 1200,
        cachedTokens: 200,
        outputTokens: 30,
        contextTokens: 1230,
        contextWindow: 100_000,
      },
    },
  ])
  await b.see('answer to say hello')
  expect(b.model.requests[0]?.system).toContain('You pair through Duologue.')
  expect(await seat.took(sent.id)).toBe(true)
  expect(await seat.took(asDeliveryId('ffff'))).toBe(false)
  // Given again, it is not taken again.
  expect(await seat.deliver(sent)).toEqual({ ok: true, value: undefined })
  expect(b.model.requests.filter(({ isTitle }) => !isTitle)).toHaveLength(1)
})

test('the model of the seat is used, and nothing is written into the configuration of the user', async () => {
  const b = await bench(says)
  const file = join(b.home, '.config', 'opencode', 'opencode.json')
  const before = readFileSync(file, 'utf8')
  const seat = await b.open({ config: { agent: 'opencode', model: 'fake/n', permissionMode: 'ask' } })
  expect((await b.event('ready')).model).toBe('fake/n')
  await seat.deliver(message('hello'))
  await b.event('turnEnded')
  expect(asked(b).map(request => request.model)).toEqual(['n'])
  await seat.stop()
  expect(readFileSync(file, 'utf8')).toBe(before)
  expect(b.processes()).toEqual([])
})

test('a session that does not exist is not replaced by another', async () => {
  const b = await bench(says)
  const started = await createOpencode({ log: () => {} }).start(
    b.context({ resume: 'ses_0000000000000000000000' }),
  )
  expect(started).toMatchObject({ ok: false, error: { cause: 'failed' } })
  expect(b.processes()).toEqual([])
})

test('detection finds the program, its version and whether there is a model to work with', async () => {
  const b = await bench(says)
  const opencode = createOpencode({ log: () => {} })
  expect((await opencode.detect(b.env)).state).toEqual({ type: 'ready', path: binary, version: '1.18.33' })
  const bare = { PATH: b.project, HOME: b.project }
  expect((await opencode.detect(bare)).state.type).toBe('missing')
})
