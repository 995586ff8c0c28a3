/**
 * Records what both real CLIs draw at work, for the flood: their models are scripts on loopback that think for a moment,
 * so that the spinners turn. Run it by hand (`node .cache/bench/programs/record.js`); what it writes is kept in git.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { bash, say as claudeSays, toolCall, writeFile } from '../../e2e/contracts/claude-model-server'
import { addFile, say as codexSays, exec } from '../../e2e/contracts/codex-model-server'
import { inTurn } from '../../e2e/contracts/script'
import { makeWorld, type World } from '../../e2e/contracts/world'
import { ownClaude, ownCodex, takeSeat } from '../app/seats'

const FIXTURES = resolve(__dirname, '..', 'fixtures')
const THINKING_MS = 1_500
/** Bytes of each program, at most. */
const MOST = 600_000

const ANSWER = `The retry keeps its key. What I did:

1. **A key for each file**, made once and kept beside the part list.
2. A pause that grows: \`200 ms\`, \`400 ms\`, \`800 ms\`.

| file | change |
|---|---|
| src/retry.ts | +41 −6 |
| src/key.ts | +12 |

\`\`\`ts
export const retry = async (put: Put, key: Key): Promise<Stored> => {
  for (const pause of PAUSES) {
    const stored = await put(key).catch(isTransient)
    if (stored) return stored
    await wait(pause)
  }
  throw new Error('it could not be stored')
}
\`\`\`
`

const source = (n: number): string =>
  Array.from(
    { length: 30 },
    (_, line) => `export const part${n}x${line} = (key: string) => key + '${line}'`,
  ).join('\n')

const LISTING = 'for n in $(seq 1 60); do echo "test $n passed in $((n * 7)) ms"; done'

const thinking = async <T>(reply: T): Promise<T> => {
  await wait(THINKING_MS)
  return reply
}

const claudeAt = (world: World, n: number) =>
  inTurn(
    () => thinking([toolCall('Read', { file_path: join(world.project, 'retry.js') })]),
    () => thinking([writeFile(join(world.project, `part${n}.ts`), source(n))]),
    () => thinking([bash(LISTING, 'Run the tests')]),
    () => thinking([claudeSays(ANSWER)]),
  )

const codexAt = (n: number) =>
  inTurn(
    () => thinking([exec('cat retry.js')]),
    () => thinking([addFile(`made${n}.ts`, source(n))]),
    () => thinking([exec(LISTING)]),
    () => thinking([codexSays(ANSWER)]),
  )

const TURNS = 4

/**
 * What a program asks its terminal once, when it starts: attributes, cursor, colours, keyboard, version. In a flood it
 * would be asked again and again, and nobody reads the answers.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const QUERIES = /\x1b\[(?:[>=]?0?c|\??6n|5n|\?u|>0?q)|\x1b\][0-9;]*;\?(?:\x07|\x1b\\)/g

const record = async (world: World): Promise<readonly [claude: string, codex: string]> => {
  const drawn = { claude: '', codex: '' }
  const keep = (kind: keyof typeof drawn) => (data: string) => {
    drawn[kind] += data
  }
  const claude = await takeSeat({
    ...{ agent: ownClaude(), world, permissionMode: 'acceptEdits', output: keep('claude') },
  })
  try {
    const codex = await takeSeat({ agent: ownCodex(world), world, output: keep('codex') })
    try {
      for (let n = 1; n <= TURNS; n += 1) {
        world.script.claude = claudeAt(world, n)
        world.script.codex = codexAt(n)
        await Promise.all([claude.turn(`Make part ${n} safe.`), codex.turn(`Make part ${n} safe.`)])
      }
    } finally {
      await codex.stop()
    }
  } finally {
    await claude.stop()
  }
  return [drawn.claude, drawn.codex]
}

const main = async (): Promise<void> => {
  const world = await makeWorld()
  try {
    world.setClaude({ permissions: { allow: ['Bash'] } })
    const both = await record(world)
    mkdirSync(FIXTURES, { recursive: true })
    for (const text of both) process.stdout.write(`${text.length} characters\n`)
    writeFileSync(
      join(FIXTURES, 'tui.gz'),
      gzipSync(both.map(text => text.slice(0, MOST).replace(QUERIES, '')).join('')),
    )
  } finally {
    await world.leave()
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
})
