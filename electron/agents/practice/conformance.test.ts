import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parsePracticeRecord } from '../../../shared/agent/practice'
import { makeScratch } from '../../workspace/scratch'
import { conforms } from '../conformance'
import { openTrial, type Trial } from '../trial'
import { bundleProgram } from './harness'
import { createPractice } from './practice'

const program = bundleProgram()

const abilities = { quick: 'flood 1', long: 'wait', pastDraft: true, interrupt: true, resume: true }

conforms('the practice agent', abilities, async () => {
  const root = await mkdtemp(join(tmpdir(), 'practice-conforms-'))
  const env = { PATH: process.env.PATH ?? '', HOME: root, LANG: 'C.UTF-8' }
  const scratch = await makeScratch(join(root, 'repositories'), env)
  if (!scratch.ok) throw new Error(scratch.error.message)
  const trials: Trial[] = []
  const dir = join(root, 'seat')
  const agent = createPractice({
    program: { file: process.execPath, args: [program()], env: { DUOLOGUE_PRACTICE_PACE: '0' } },
    version: '1.2.3',
  })
  return {
    async open(more = {}) {
      const config = { agent: 'practice' } as const
      const opened = await openTrial(agent, { config, folder: scratch.value, dir, env, ...more })
      if (!opened.ok) throw new Error(opened.error.message)
      trials.push(opened.value)
      return opened.value
    },
    async received() {
      const records = (await readdir(dir)).filter(name => name.endsWith('.jsonl'))
      const contents = await Promise.all(records.map(name => readFile(join(dir, name), 'utf8')))
      return contents.flatMap(parsePracticeRecord).flatMap(line => {
        if (line.type === 'taken') return [`[duologue ${line.id}]`]
        return line.type === 'entry' && line.kind === 'prompt' ? [line.title] : []
      })
    },
    async clear() {
      await Promise.all(trials.map(({ seat }) => seat.stop()))
      for (const { terminal } of trials) terminal.dispose()
      await rm(root, { recursive: true, force: true })
    },
  }
})
