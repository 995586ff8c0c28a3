/** The seat of opencode through crashes and ends, and a server that cannot read our tools, against the real program, offline. */
import { expect, test } from 'vitest'
import * as model from '../../../../e2e/contracts/opencode-model-server'
import { never } from '../../../../e2e/contracts/script'
import { message, TOOL } from '../../contract-bench'
import { createOpencode } from '../opencode'
import { asked, type Bench, bench, binary, READY, says } from './bench'

const pidOf = (b: Bench, what: 'serve' | 'attach'): number => {
  const found = b.processes().find(({ command }) => command.startsWith(`${binary} ${what} `))
  if (found === undefined) throw new Error(`no ${what} among ${JSON.stringify(b.processes())}`)
  return found.pid
}

test('a killed TUI ends the seat; it is resumed by its exact session, and knows what it took', async () => {
  const b = await bench(says)
  const seat = await b.open()
  const { session } = await b.event('ready')
  const before = message('before')
  await seat.deliver(before)
  await b.event('turnEnded')
  process.kill(pidOf(b, 'attach'), 'SIGKILL')
  expect(await b.event('exited')).toMatchObject({ resumable: true })
  await seat.stop()
  expect(b.processes()).toEqual([])
  b.events.length = 0
  const next = await b.open({ resume: session })
  expect((await b.event('ready')).session).toBe(session)
  expect(await next.took(before.id)).toBe(true)
  const after = message('after')
  expect(await next.took(after.id)).toBe(false)
  await next.deliver(after)
  expect((await b.event('turnEnded')).text).toBe('answer to after')
  expect(asked(b).at(-1)?.users).toEqual([before.text, after.text])
  await b.see('answer to after')
  expect((await b.event('usage', ({ usage }) => usage.outputTokens === 60)).usage.inputTokens).toBe(2400)
})

test('a killed server comes back at the same address, with the same TUI', async () => {
  const b = await bench(request => (request.user.includes('hang') ? never() : says(request)))
  const seat = await b.open()
  await b.see(READY)
  const lost = message('hang')
  await seat.deliver(lost)
  await b.event('turnStarted')
  const tui = pidOf(b, 'attach')
  process.kill(pidOf(b, 'serve'), 'SIGKILL')
  expect((await b.event('turnEnded')).outcome).toMatchObject({ type: 'failed', cause: 'crash' })
  await b.event('notice', ({ text }) => text.includes('started it again'))
  expect(pidOf(b, 'attach')).toBe(tui)
  expect(await seat.took(lost.id)).toBe(true)
  await seat.deliver(message('go on'))
  const next = await b.event('turnEnded', ({ outcome }) => outcome.type === 'completed')
  expect(next.text).toBe('answer to go on')
  // The TUI asks for events again after a pause that doubles, and shows what comes from then on.
  for (let turn = 1; !b.screens.at(-1)?.text().includes('answer to once more'); turn++) {
    expect(turn).toBeLessThan(40)
    await seat.deliver(message(`once more ${turn}`))
    await b.event('turnEnded', ({ text }) => text === `answer to once more ${turn}`)
    await new Promise(done => setTimeout(done, 1_000))
  }
})

test('server and TUI killed at once: resumed by the exact session', async () => {
  const b = await bench(request => (request.user.includes('hang') ? never() : says(request)))
  const seat = await b.open()
  const { session } = await b.event('ready')
  const sent = message('hang')
  await seat.deliver(sent)
  await b.event('turnStarted')
  for (const { pid } of b.processes()) process.kill(pid, 'SIGKILL')
  await b.event('exited')
  await seat.stop()
  b.events.length = 0
  const next = await b.open({ resume: session })
  expect(await next.took(sent.id)).toBe(true)
  await next.deliver(message('go on'))
  expect((await b.event('turnEnded')).text).toBe('answer to go on')
})

/** Our tools, of which `failures` lists fail. */
const unreadable = (failures: number) => {
  const state = { failures, asked: 0 }
  const toJSON = (): readonly unknown[] => {
    state.asked += 1
    if (state.asked <= state.failures) throw new Error('not now')
    return [TOOL]
  }
  return { state, tools: Object.assign([TOOL], { toJSON }) }
}

test('tools that opencode could not read are read before it works, also by a restarted server', async () => {
  const b = await bench(({ outputs }) =>
    outputs.length === 0 ? [model.call('pair_submit_review', { verdict: 'pass' })] : [model.say('submitted')],
  )
  const { state, tools } = unreadable(1)
  const seat = await b.open({ tools })
  expect(state.asked).toBeGreaterThan(1)
  await seat.deliver(message('review'))
  expect((await b.event('turnEnded')).text).toBe('submitted')
  expect(b.calls).toHaveLength(1)
  state.asked = 0
  await b.see('submitted')
  process.kill(pidOf(b, 'serve'), 'SIGKILL')
  await b.event('notice', ({ text }) => text.includes('started it again'))
  expect(state.asked).toBeGreaterThan(1)
  b.events.length = 0
  await seat.deliver(message('review again'))
  expect((await b.event('turnEnded')).text).toBe('submitted')
  expect(b.calls).toHaveLength(2)
  expect(b.events.filter(({ type }) => type === 'notice')).toEqual([])
})

test('an opencode that never reads our tools is not started; a running one says what it lacks', async () => {
  const b = await bench(says)
  const { state, tools } = unreadable(Number.POSITIVE_INFINITY)
  const started = await createOpencode({ log: () => {} }).start(b.context({ tools }))
  expect(started).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining("Duologue's tools") },
  })
  expect(b.processes()).toEqual([])
  state.failures = 0
  await b.open({ tools })
  await b.see(READY)
  state.failures = Number.POSITIVE_INFINITY
  process.kill(pidOf(b, 'serve'), 'SIGKILL')
  const told = await b.event('notice', ({ text }) => text.includes('cannot submit a review'))
  expect(told.text).toContain('/mcps')
  await b.event('notice', ({ text }) => text.includes('started it again'))
})
