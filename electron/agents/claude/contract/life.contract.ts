/** A seat of the real Claude Code from its start to its end: killed, resumed by its exact id, begun again, stopped. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { say, toolCall } from '../../../../e2e/contracts/claude-model-server'
import { gate } from '../../../../e2e/contracts/script'
import { enterRoom, leaveRoom, message, PROGRAMS, type Room } from './rig'

describe.each(PROGRAMS)('Claude Code %s', (_version, program) => {
  let room: Room
  beforeEach(async () => {
    room = await enterRoom(program)
  })
  afterEach(() => leaveRoom(room))

  test('is resumed by its id after a crash, with its tokens, its record and today’s instructions', async () => {
    const first = await room.sit({ opening: message('7c1e', 'begin') })
    const { session } = await first.until('ready')
    await first.until('turnEnded')
    first.pty.kill('SIGKILL')
    expect(await first.until('exited')).toMatchObject({ resumable: true })

    const second = await room.sit({ resume: session, instructions: 'CHANGED-MARK' })
    expect(await second.until('ready')).toMatchObject({ session })
    expect((await second.until('usage')).usage).toMatchObject({ inputTokens: 130, outputTokens: 7 })
    expect(await second.seat.took(message('7c1e', '').id)).toBe(true)
    expect(await second.seat.took(message('ffff', '').id)).toBe(false)
    await expect(room.sit({ resume: session })).rejects.toThrow('still open')
    await second.seat.deliver(message('ab12', 'go on'))
    await second.until('turnEnded')
    expect(room.model.requests.at(-1)?.system).toContain('CHANGED-MARK')
    expect((await second.until('usage', ({ usage }) => usage.inputTokens === 260)).usage.outputTokens).toBe(
      14,
    )
  })

  test('begins a session again by its id that has read nothing, and no other one without a record', async () => {
    const first = await room.sit()
    const { session } = await first.until('ready')
    first.pty.kill('SIGKILL')
    await first.until('exited')
    const second = await room.sit({ resume: session })
    expect(await second.until('ready')).toMatchObject({ session })
    await second.seat.deliver(message('7c1e', 'begin'))
    expect(await second.until('messageTaken')).toMatchObject({ id: '7c1e' })
    await second.until('turnEnded')
    await second.seat.stop()
    const other = '11111111-2222-4333-8444-555555555555'
    await expect(room.sit({ resume: other })).rejects.toThrow('no record')
  })

  test('begins a session again by its id that left a transcript without words', async () => {
    const first = await room.sit()
    const { session } = await first.until('ready')
    first.pty.kill('SIGKILL')
    await first.until('exited')
    const projects = join(String(room.env.CLAUDE_CONFIG_DIR), 'projects', 'any')
    mkdirSync(projects, { recursive: true })
    const modes = [
      { type: 'mode', mode: 'normal', sessionId: session },
      { type: 'permission-mode', permissionMode: 'default', sessionId: session },
    ]
    writeFileSync(join(projects, `${session}.jsonl`), modes.map(row => `${JSON.stringify(row)}\n`).join(''))
    const second = await room.sit({ resume: session, opening: message('7c1e', 'begin') })
    expect(await second.until('ready')).toMatchObject({ session })
    expect(await second.until('messageTaken')).toMatchObject({ id: '7c1e' })
    await second.until('turnEnded')
  })

  test('leaves no background task behind when it is stopped', async () => {
    const nap = { command: 'sleep 987', description: 'long nap', run_in_background: true }
    room.script(({ toolResults }) => (toolResults.length > 0 ? [say('Napping.')] : [toolCall('Bash', nap)]))
    const { until, seat } = await room.sit({ opening: message('7c1e', 'nap') })
    await until('notice', ({ text }) => text.includes('long nap'))
    // Still open: the task may wake the agent. Stopping the seat ends it; `leaveRoom` looks for the process.
    await seat.stop()
    expect(await until('turnEnded')).toMatchObject({ outcome: { type: 'completed' }, text: 'Napping.' })
  })

  test('says what is lost when it is killed, and takes nothing afterwards', async () => {
    const hold = gate()
    room.script(async () => {
      await hold.opened
      return []
    })
    const { seat, until, pty } = await room.sit({ opening: message('7c1e', 'begin') })
    await until('messageTaken')
    expect(await seat.steer(message('ab12', 'never read'))).toEqual({ ok: true, value: undefined })
    pty.kill('SIGKILL')
    expect(await until('messageLost')).toMatchObject({ id: 'ab12' })
    expect((await until('turnEnded')).outcome).toMatchObject({ type: 'failed', cause: 'crash' })
    await until('exited')
    hold.open()
    expect(await seat.deliver(message('ffff', 'x'))).toMatchObject({ ok: false, error: { type: 'notSent' } })
  })
})
