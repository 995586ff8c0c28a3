/** Approvals and questions of the real Claude Code: in our inbox and in its terminal at once, the first answer wins. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { askUser, bash, say, toolCall, writeFile } from '../../../../e2e/contracts/claude-model-server'
import { enterRoom, leaveRoom, message, PROGRAMS, pressing, type Room } from './rig'

describe.each(PROGRAMS)('dialogs of Claude Code %s', (_version, program) => {
  let room: Room
  beforeEach(async () => {
    room = await enterRoom(program)
  })
  afterEach(() => leaveRoom(room))

  test('is answered from the inbox, and by a key in the terminal', async () => {
    const path = join(room.folder, 'note.txt')
    room.script(({ toolResults }) =>
      toolResults.length > 0 ? [say('Written.')] : [writeFile(path, 'hello')],
    )
    const { seat, until, type, pty, shown, events } = await room.sit()
    await until('ready')
    await type('write it')
    const first = await until('requestOpened')
    expect(first.request).toMatchObject({ type: 'approval', title: `Write ${path}`, body: 'hello' })
    await seat.answer(first.request.id, { type: 'approval', choice: 'deny', message: 'Not this file.' })
    expect(await until('requestClosed')).toMatchObject({ by: 'inbox', summary: 'denied' })
    await until('turnEnded')
    expect(room.model.requests.at(-1)?.toolResults.at(-1)).toMatchObject({
      text: 'Not this file.',
      failed: true,
    })

    const from = events.length
    await type('again please')
    await until('requestOpened', undefined, from)
    await shown('Do you want to create note.txt')
    const closed = await pressing(pty, '\r', until('requestClosed', undefined, from))
    expect(closed).toMatchObject({ by: 'terminal' })
    expect((await until('turnEnded', undefined, from)).text).toBe('Written.')
  })

  test('asks a question and gets the human’s answer', async () => {
    room.script(({ toolResults }) =>
      toolResults.length > 0 ? [say('Blue it is.')] : [askUser('Which colour?', 'Colour', ['Red', 'Blue'])],
    )
    const { seat, until } = await room.sit({ opening: message('7c1e', 'ask') })
    const { request } = await until('requestOpened')
    expect(request).toMatchObject({
      type: 'question',
      questions: [{ id: 'Which colour?', header: 'Colour' }],
    })
    await seat.answer(request.id, { type: 'question', answers: { 'Which colour?': ['Blue'] } })
    expect(await until('requestClosed')).toMatchObject({ by: 'inbox', summary: 'Blue' })
    await until('turnEnded')
    expect(room.model.requests.at(-1)?.toolResults.at(-1)?.text).toContain('"Which colour?"="Blue"')
  })

  test('is answered in the terminal with a key', async () => {
    room.script(({ toolResults }) =>
      toolResults.length > 0 ? [say('Red it is.')] : [askUser('Which colour?', 'Colour', ['Red', 'Blue'])],
    )
    const { seat, until, pty, shown } = await room.sit({ opening: message('7c1e', 'ask') })
    const { request } = await until('requestOpened')
    await shown('Which colour?')
    const closed = await pressing(pty, '\r', until('requestClosed'))
    expect(closed).toMatchObject({ by: 'terminal' })
    await until('turnEnded')
    expect(room.model.requests.at(-1)?.toolResults.at(-1)?.text).toContain('"Which colour?"="Red"')
    const late = await seat.answer(request.id, { type: 'question', answers: { 'Which colour?': ['Blue'] } })
    expect(late).toMatchObject({ ok: false, error: { type: 'notNow' } })
  })

  test('closes a request that the human leaves with Esc, and the turn with it', async () => {
    room.script(() => [bash('touch x')])
    const { until, pty, shown } = await room.sit({ opening: message('7c1e', 'run') })
    await until('requestOpened')
    await shown('Do you want to proceed?')
    const closed = await pressing(pty, '\x1b', until('requestClosed'))
    expect(closed).toMatchObject({ by: 'terminal' })
    expect((await until('turnEnded')).outcome).toEqual({ type: 'interrupted' })
  })

  test('asks no more in this session once that was allowed, and writes no settings', async () => {
    const [one, two] = [join(room.folder, 'one.txt'), join(room.folder, 'two.txt')]
    room.script(({ toolResults }) => {
      if (toolResults.length === 0) return [writeFile(one, '1')]
      return toolResults.length === 1 ? [writeFile(two, '2')] : [say('Both.')]
    })
    const { seat, until, events } = await room.sit({ opening: message('7c1e', 'write two') })
    const { request } = await until('requestOpened')
    await seat.answer(request.id, { type: 'approval', choice: 'allowForSession' })
    await until('turnEnded')
    expect(events.filter(({ type }) => type === 'requestOpened')).toHaveLength(1)
    expect([one, two].map(existsSync)).toEqual([true, true])
    expect(existsSync(join(room.folder, '.claude'))).toBe(false)
  })

  test('shows the plan, and starts to work when it is approved', async () => {
    room.script(({ toolResults, conversation }) => {
      // The CLI names the file for the plan, and reads the plan from there.
      const path = /[^\s"`\\]+\/plans\/[\w-]+\.md/.exec(conversation)?.[0] ?? ''
      if (toolResults.length === 0) return [writeFile(path, '# The plan\n')]
      return toolResults.length === 1 ? [toolCall('ExitPlanMode', {})] : [say('Working.')]
    })
    const config = { agent: 'claude', permissionMode: 'plan' } as const
    const { seat, until } = await room.sit({ opening: message('7c1e', 'plan'), config })
    const { request } = await until('requestOpened')
    expect(request).toMatchObject({
      type: 'approval',
      title: 'Start work on this plan',
      body: '# The plan\n',
    })
    await seat.answer(request.id, { type: 'approval', choice: 'allow' })
    expect(await until('turnEnded')).toMatchObject({ text: 'Working.' })
  })

  test('tells that a dialog is in the way: nothing starts in a folder that is not trusted', async () => {
    const { until } = await room.sit({ folder: room.env.HOME ?? '' })
    expect((await until('notice')).text).toContain('a dialog is probably open')
  })
})
