import { expect, test } from 'vitest'
import { sandboxVerdict } from './sandbox.mjs'

const user = {
  platform: 'linux',
  root: false,
  helper: '/e/chrome-sandbox',
  setuidHelper: false,
  blockedBy: null,
}

test('on wherever it can work', () => {
  expect(sandboxVerdict(user)).toEqual({ type: 'on' })
  expect(sandboxVerdict({ ...user, blockedBy: 'x', setuidHelper: true })).toEqual({ type: 'on' })
  expect(sandboxVerdict({ ...user, platform: 'darwin', root: true })).toEqual({ type: 'on' })
})

test('off only for root', () => {
  expect(sandboxVerdict({ ...user, root: true }).type).toBe('off')
})

test('a user whose system forbids it is told what to type', () => {
  const verdict = sandboxVerdict({ ...user, blockedBy: 'kernel.unprivileged_userns_clone=0' })
  expect(verdict.type).toBe('blocked')
  expect(verdict.why).toContain('kernel.unprivileged_userns_clone=0')
  expect(verdict.why).toContain(
    "sudo chown root:root '/e/chrome-sandbox' && sudo chmod 4755 '/e/chrome-sandbox'",
  )
})
