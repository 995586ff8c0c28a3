/**
 * Nothing of a pair leaves loopback, seen by the kernel: every connect of the app and of what it starts is traced.
 * The detector of each world sees what asks for a proxy; this sees what does not.
 */
import { readFileSync } from 'node:fs'
import { claudeDone, claudeLooks, codexReviews, opencodeReviews, pass } from './calls'
import { say as codexSays } from './codex-model-server'
import { expect, test } from './desk'
import { say as opencodeSays } from './opencode-model-server'
import { inTurn } from './script'

/** `address:port` of each connect and datagram that the kernel was asked for. */
const targets = (trace: string): readonly string[] =>
  [
    ...trace.matchAll(
      /sin6?_port=htons\((\d+)\).*?(?:inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)")/g,
    ),
  ].map(([, port, v4, v6]) => `${v4 ?? v6}:${port}`)

test.use({ traced: true })
test('every connection of a pair stays on loopback', async ({ desk }) => {
  const { world } = desk
  world.script.claude = inTurn(claudeLooks(world.project), ...claudeDone('Done.'))
  world.script.codex = inTurn(codexReviews(pass), [codexSays('Right.')])
  await desk.start('Keep a key.', { agent: 'claude', permissionMode: 'default' }, { agent: 'codex' })
  await desk.event('ended', { reason: 'agreed' })
  await desk.app.close()
  const seen = targets(readFileSync(world.trace, 'utf8'))
  // Both models were reached, so the trace sees the app's descendants too.
  expect(seen).toContain(new URL(world.claude.url).host)
  expect(seen).toContain(new URL(world.codex.baseUrl).host)
  expect(seen.filter(target => !/^(127\.|::1:)/.test(target))).toEqual([])
})

test('every connection of a pair with opencode stays on loopback', async ({ desk }) => {
  test.setTimeout(300_000)
  const { world } = desk
  world.script.claude = inTurn(claudeLooks(world.project), ...claudeDone('Done.'))
  world.script.opencode = inTurn(opencodeReviews(pass), [opencodeSays('Right.')])
  await desk.start('Keep a key.', { agent: 'claude', permissionMode: 'default' }, { agent: 'opencode' })
  await desk.event('ended', { reason: 'agreed' })
  await desk.app.close()
  const seen = targets(readFileSync(world.trace, 'utf8'))
  expect(seen).toContain(new URL(world.opencode.baseUrl).host)
  expect(seen.filter(target => !/^(127\.|::1:)/.test(target))).toEqual([])
})
