/** Questions and approvals: in the inbox and in the TUI alike, and answered once. */
import { expect } from './app'
import { test } from './pages'

test('an approval shows the exact command and is answered from the inbox', async ({ pair }) => {
  await expect(pair.control('Inbox, 1 waiting for you')).toBeVisible()
  await expect(pair.status).toHaveText(/asks/i)
  await pair.allow()
  const asked = await pair.until('requestOpened')
  const closed = await pair.until('requestClosed')
  expect(closed).toMatchObject({ id: (asked.request as { id: string }).id, by: 'inbox' })
  await expect(pair.inbox.getByText('node --test')).toBeHidden()
})

test('a question answered in the inbox changes what the agent writes', async ({ pair }) => {
  await pair.allow()
  await pair.answer('Keep')
  const answered = await pair.until('requestClosed', ({ summary }) => String(summary).includes('Keep'))
  expect(answered.by).toBe('inbox')
})

test('answered in the TUI by key, the card closes; a denied command does not run', async ({ pair }) => {
  await pair.type('left', 'n')
  const closed = await pair.until('requestClosed')
  expect(closed.by).toBe('terminal')
  await expect(pair.inbox.getByText('node --test')).toBeHidden()
  expect(pair.events('requestAnswered')).toEqual([])
})

test('a question answered in the TUI by key closes the card', async ({ pair }) => {
  await pair.allow()
  await expect(pair.inbox.getByRole('radio', { name: 'Strip' })).toBeVisible()
  await pair.type('left', '2')
  const closed = await pair.until('requestClosed', ({ by }) => by === 'terminal')
  expect(String(closed.summary)).toContain('Keep')
  await expect(pair.inbox.getByRole('radio', { name: 'Strip' })).toBeHidden()
})
