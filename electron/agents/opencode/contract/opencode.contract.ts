/**
 * The seat of opencode against the real program, offline: its model is a script on loopback. Needs `npm ci` in
 * `e2e/contracts`; run by `vitest run --config vitest.contracts.config.mts`.
 */
import { expect, test } from 'vitest'
import * as model from '../../../../e2e/contracts/opencode-model-server'
import { asDeliveryId } from '../../../../shared/ids'
import { bench, message, READY } from './bench'

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
