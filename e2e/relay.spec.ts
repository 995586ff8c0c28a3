/** The practice pair in the real app: what goes from seat to seat, and what a human can do about it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from './app'
import { test } from './pages'

test('from start to agreement: two rounds, changes and then a pass, on a real repository', async ({
  pair,
}) => {
  await pair.letGo()
  await pair.until('ended', ({ reason }) => reason === 'agreed')
  expect(pair.events('reviewed').map(({ verdict }) => verdict)).toEqual(['changes', 'pass'])
  await expect(pair.status).toHaveText(/agreed|passed/i)
  await expect(
    pair.timeline
      .getByRole('article')
      .filter({ hasText: /ended|agreed|passed/i })
      .last(),
  ).toBeVisible()
  const folder = String(pair.events('pairStarted')[0]?.folder)
  expect(readFileSync(join(folder, 'src/slugify.js'), 'utf8')).toContain('normalize')
  await pair.shows('left', /Done: /)
  await pair.shows('right', 'submit_review: pass')
})

test('pause holds and nothing leaves; step lets one handoff pass; resume goes on', async ({ pair }) => {
  await pair.control('Pause').click()
  await pair.letGo()
  const handoff = await pair.until('deliveryQueued', ({ kind }) => kind === 'handoff')
  await expect(pair.status).toHaveText(/paused/i)
  expect(pair.events('deliverySending').map(({ id }) => id)).not.toContain(handoff.id)
  await pair.control('Step').click()
  await pair.until('deliveryAccepted', ({ id }) => id === handoff.id)
  const back = await pair.until('deliveryQueued', ({ kind, to }) => kind === 'handoff' && to === 'left')
  expect(pair.events('deliverySending').map(({ id }) => id)).not.toContain(back.id)
  await pair.control('Resume').click()
  await pair.until('deliveryAccepted', ({ id }) => id === back.id)
  await pair.until('ended')
})

test('what a human makes of a waiting handoff is what arrives, and the original is kept', async ({
  pair,
}) => {
  await pair.control('Pause').click()
  await pair.letGo()
  const handoff = await pair.until('deliveryQueued', ({ kind }) => kind === 'handoff')
  const row = pair.timeline.getByRole('article').filter({ hasText: /waits/i }).last()
  await row.getByRole('button').first().click()
  await row.getByRole('button', { name: 'Edit' }).click()
  const edited = `Read the tests before the code, please.\n${String(handoff.text)}`
  await pair.composer.getByRole('textbox', { name: 'Edit the waiting message' }).fill(edited)
  await pair.composer.getByRole('textbox').press('Enter')
  await pair.until('deliveryEdited', ({ id }) => id === handoff.id)
  await pair.control('Resume').click()
  await pair.until('deliveryAccepted', ({ id }) => id === handoff.id)
  await pair.drawn('right', 'Read the tests before the code')
  expect(pair.events('deliveryQueued').find(({ id }) => id === handoff.id)?.text).toBe(handoff.text)
})

test('a dropped handoff does not arrive', async ({ pair }) => {
  await pair.control('Pause').click()
  await pair.letGo()
  const handoff = await pair.until('deliveryQueued', ({ kind }) => kind === 'handoff')
  const row = pair.timeline.getByRole('article').filter({ hasText: /waits/i }).last()
  await row.getByRole('button').first().click()
  await row.getByRole('button', { name: 'Drop' }).click()
  await pair.until('deliveryDropped', ({ id }) => id === handoff.id)
  await pair.control('Resume').click()
  await pair.until('released')
  expect(pair.events('deliverySending').map(({ id }) => id)).not.toContain(handoff.id)
})

test('a steer reaches the agent: now, in its turn; later, with the next handoff', async ({ pair }) => {
  await pair.steer('Mind the empty string.', 'Navigator', 'Next handoff')
  const later = await pair.until('deliveryQueued', ({ kind, to }) => kind === 'steer' && to === 'right')
  await pair.allow()
  await pair.inbox.getByText('Emoji').first().waitFor()
  await pair.answer('Strip')
  const carrier = await pair.until('deliverySending', ({ carries }) =>
    (carries as string[]).includes(String(later.id)),
  )
  await pair.until('deliveryAccepted', ({ id }) => id === carrier.id)
  await pair.drawn('right', 'Mind the empty string.')
  await pair.until('ended')
})

test('a steer for now goes into the running turn', async ({ pair }) => {
  await pair.letGo()
  await pair.steer('wait', 'Driver', 'Now')
  const waiting = await pair.until('deliveryQueued', ({ kind }) => kind === 'steer')
  await pair.until('deliveryAccepted', ({ id }) => id === waiting.id)
  await pair.steer('Smaller steps, please.', 'Driver', 'Now')
  const second = await pair.until('deliveryQueued', ({ text }) => text === 'Smaller steps, please.')
  await pair.until('deliverySending', ({ id, mode }) => id === second.id && mode === 'steer')
  await pair.until('deliveryAccepted', ({ id }) => id === second.id)
  await pair.drawn('left', 'Smaller steps, please.')
})

test('end round stops the turn and hands over what there is', async ({ pair }) => {
  await pair.control('End round').click()
  await pair.until('turnEnded', ({ outcome }) => (outcome as { type: string }).type === 'interrupted')
  const handoff = await pair.until('deliveryQueued', ({ kind, to }) => kind === 'handoff' && to === 'right')
  await pair.until('deliveryAccepted', ({ id }) => id === handoff.id)
})

test('end finishes the pair and leaves both TUIs usable', async ({ pair }) => {
  const { page } = pair
  await pair.control('End').click()
  await page.getByRole('dialog').getByRole('button', { name: /^End/ }).click()
  await pair.until('ended', ({ reason }) => reason === 'human')
  for (const [side, text] of [
    ['left', 'help'],
    ['right', 'status'],
  ] as const) {
    if (side === 'left') await pair.type(side, '\u001b')
    await pair.type(side, `${text}\r`)
    await pair.until(
      'turnEnded',
      ({ seat, seq }) => seat === side && seq > Number(pair.events('ended')[0]?.seq),
    )
  }
  expect(pair.events('deliveryQueued').filter(({ kind }) => kind === 'handoff')).toEqual([])
})

test('roles swap where the next round begins', async ({ pair }) => {
  const { page } = pair
  await pair.control('Swap roles').click()
  await pair.letGo()
  await pair.until('rolesSwapped', ({ driver }) => driver === 'right')
  await expect(page.getByRole('region', { name: /^Driver/ }).getByTestId('terminal-right')).toBeVisible()
})

test('a turn that the human starts is seen, and shown as the human’s', async ({ pair }) => {
  await pair.type('right', 'status\r')
  const turn = await pair.until('turnStarted', ({ seat }) => seat === 'right')
  expect(turn.cause).toBe('human')
  await pair.until('turnEnded', ({ turn: id }) => id === turn.turn)
  await expect(pair.timeline.getByRole('article').filter({ hasText: 'from you' })).toBeVisible()
  expect(pair.events('deliveryQueued').filter(({ kind }) => kind === 'handoff')).toEqual([])
})
