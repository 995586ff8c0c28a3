import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parsePracticeRecord } from '../../../shared/agent/practice'
import { makeScratch } from '../../workspace/scratch'
import { type Abilities, conforms } from '../conformance'
import { createTrials } from '../trial'
import { bundleProgram } from './harness'
import { createPractice } from './practice'

const program = bundleProgram()

const abilities: Abilities = {
  ...{ quick: 'flood 1', long: 'wait', pastDraft: true, interrupt: true, resume: true },
  ...{ version: true, text: true, queue: 'taken' },
}

conforms('the practice agent', abilities, async () => {
  const root = await mkdtemp(join(tmpdir(), 'practice-conforms-'))
  const env = { PATH: process.env.PATH ?? '', HOME: root, LANG: 'C.UTF-8' }
  const scratch = await makeScratch(join(root, 'repositories'), env)
  if (!scratch.ok) throw new Error(scratch.error.message)
  const agent = createPractice({
    program: { file: process.execPath, args: [program()], env: { DUOLOGUE_PRACTICE_PACE: '0' } },
    version: '1.2.3',
  })
  const trials = createTrials({ agent, config: { agent: 'practice' }, folder: scratch.value, root, env })
  return {
    open: trials.open,
    async received() {
      const dir = join(root, 'left')
      const records = (await readdir(dir)).filter(name => name.endsWith('.jsonl'))
      const contents = await Promise.all(records.map(name => readFile(join(dir, name), 'utf8')))
      return contents.flatMap(parsePracticeRecord).flatMap(line => {
        if (line.type === 'taken') return [`[duologue ${line.id}]`]
        return line.type === 'entry' && line.kind === 'prompt' ? [line.title] : []
      })
    },
    async clear() {
      await trials.clear()
      await rm(root, { recursive: true, force: true })
    },
  }
})
