/**
 * A world for the real agent programs: a home of their own, a git repository, and a scripted model server for each
 * on loopback. Nothing else is reached: what is not loopback goes to a proxy that refuses and remembers.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { type Watch, watchFamily } from '../family'
import {
  type Reply as ClaudeReply,
  type ModelRequest as ClaudeRequest,
  type ModelServer,
  startClaudeModel,
} from './claude-model-server'
import {
  type CodexModel,
  type ModelReply as CodexReply,
  type ModelRequest as CodexRequest,
  startCodexModel,
  writeCodexHome,
} from './codex-model-server'
import { proxiedTo, startDetector } from './detector'
import {
  type OpencodeModel,
  type ModelReply as OpencodeReply,
  type ModelRequest as OpencodeRequest,
  startOpencodeModel,
  writeOpencodeHome,
} from './opencode-model-server'

const PACKAGES = resolve(__dirname, 'node_modules')

/** The native binary inside an installed package. */
const inPackage = (name: string, ...path: string[]): string => {
  const found = join(PACKAGES, name, ...path)
  if (!existsSync(found)) throw new Error(`${found} is missing: npm run test:agents installs it`)
  return found
}

const claudeBinary = (version: '2.1.330' | '2.1.197'): string =>
  inPackage(version === '2.1.330' ? '@anthropic-ai/claude-code-linux-x64' : 'claude-code-197', 'claude')

const codexBinary = (): string => {
  const vendor = inPackage('@openai/codex-linux-x64', 'vendor')
  const target = readdirSync(vendor)[0]
  if (target === undefined) throw new Error('the Codex package has no binary')
  return join(vendor, target, 'bin', 'codex')
}

export interface Script {
  claude: (request: ClaudeRequest) => ClaudeReply | Promise<ClaudeReply>
  codex: (request: CodexRequest) => CodexReply | Promise<CodexReply>
  opencode: (request: OpencodeRequest) => OpencodeReply | Promise<OpencodeReply>
}

export interface World {
  /** Everything of this world lies below it; its name is in the environment of every process. */
  readonly root: string
  /** All that was started in it; `leave` finds out whether any of it is left. */
  readonly processes: Watch
  /** Where a test that looks at system calls has them written. */
  readonly trace: string
  readonly project: string
  readonly data: string
  readonly env: Readonly<Record<string, string>>
  readonly claude: ModelServer
  readonly codex: CodexModel
  readonly opencode: OpencodeModel
  /** What tried to leave loopback, except what the agents ask for by themselves (updates, announcements). */
  strayed(): readonly string[]
  /** Writes and commits files of the project, before a pair starts. */
  commit(files: Readonly<Record<string, string>>): void
  /** The human's own settings of Claude Code, e.g. what it may run without asking. */
  setClaude(settings: Readonly<Record<string, unknown>>): void
  /** Replaced by a test at any time. */
  readonly script: Script
  git(...args: string[]): string
  leave(): Promise<void>
}

const BY_AGENT = /(^|<)(claude|codex|opencode)\b/
/** A caller that had ended before it could be named, asking what only the agents ask for. */
const GONE =
  /^unknown \S+ (api\.github\.com|raw\.githubusercontent\.com|downloads\.claude\.ai|github\.com):443$/

const nobody = {
  GIT_AUTHOR_NAME: 'Nobody',
  GIT_AUTHOR_EMAIL: 'nobody@duologue.invalid',
  GIT_COMMITTER_NAME: 'Nobody',
  GIT_COMMITTER_EMAIL: 'nobody@duologue.invalid',
}

/** Codex shows its model's name; Claude Code shows its own default's, so both panes look as they do at work. */
const nameModel = (home: string): void => {
  for (const name of ['models.json', 'config.toml']) {
    const path = join(home, '.codex', name)
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replaceAll('fake-model', 'gpt-5.5').replaceAll('Fake model', 'GPT-5.5'))
  }
}

export interface WorldOptions {
  /** Of Claude Code. */
  readonly version?: '2.1.330' | '2.1.197'
  /** The model servers stop by themselves after this long, in milliseconds; ten minutes, unless told otherwise. */
  readonly lifetimeMs?: number
}

export const makeWorld = async ({ version = '2.1.330', lifetimeMs }: WorldOptions = {}): Promise<World> => {
  const lifetime = lifetimeMs === undefined ? {} : { lifetimeMs }
  const root = mkdtempSync(join(tmpdir(), 'duologue-w-'))
  const processes = watchFamily(`DUOLOGUE_TEST_WORLD=${root}`)
  const home = join(root, 'home')
  const project = join(home, 'uploader')
  const config = join(home, '.claude')
  for (const folder of [home, project, config]) mkdirSync(folder, { recursive: true })
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', project, ...args], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: home, ...nobody },
    })
  writeFileSync(join(project, 'retry.js'), 'exports.retry = f => f()\n')
  git('init', '-q', '-b', 'main')
  git('add', '-A')
  git('commit', '-q', '-m', 'The uploader')

  const script: Script = { claude: () => [], codex: () => [], opencode: () => [] }
  const claude = await startClaudeModel({ respond: request => script.claude(request), ...lifetime })
  const codex = await startCodexModel({ respond: request => script.codex(request), ...lifetime })
  const codexEnv = await writeCodexHome({ binary: codexBinary(), home, project, baseUrl: codex.baseUrl })
  nameModel(home)
  const opencode = await startOpencodeModel({ respond: request => script.opencode(request), ...lifetime })
  const opencodeEnv = await writeOpencodeHome({ home, baseUrl: opencode.baseUrl })
  writeFileSync(
    join(config, '.claude.json'),
    JSON.stringify({
      hasCompletedOnboarding: true,
      projects: { [project]: { hasTrustDialogAccepted: true } },
    }),
  )
  const data = join(root, 'data')
  const detector = await startDetector()
  const appEnv = {
    ...opencodeEnv,
    ...codexEnv,
    ...proxiedTo(detector),
    DUOLOGUE_TEST_WORLD: root,
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    SHELL: '/bin/sh',
    DUOLOGUE_DATA: data,
    DUOLOGUE_CLAUDE: claudeBinary(version),
    DUOLOGUE_CODEX: codexBinary(),
    DUOLOGUE_OPENCODE: inPackage('opencode-linux-x64', 'bin', 'opencode'),
    CLAUDE_CONFIG_DIR: config,
    ANTHROPIC_BASE_URL: claude.url,
    ANTHROPIC_AUTH_TOKEN: 'test',
    DISABLE_AUTOUPDATER: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    CLAUDE_CODE_MAX_RETRIES: '0',
  }
  const commit = (files: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(project, path)), { recursive: true })
      writeFileSync(join(project, path), text)
    }
    git('add', '-A')
    git('commit', '-q', '-m', 'More of the uploader')
  }
  /** Without the switch it fetches a list of plugins with git, which takes no proxy. */
  const quiet = { CLAUDE_CODE_DISABLE_OFFICIAL_MARKETPLACE_AUTOINSTALL: '1' }
  const setClaude = (settings: Readonly<Record<string, unknown>>): void =>
    writeFileSync(join(config, 'settings.json'), JSON.stringify({ env: quiet, ...settings }))
  setClaude({})
  const leave = async (): Promise<void> => {
    try {
      await processes.nothingLeft()
    } finally {
      processes.stop()
      for (const server of [claude, codex, opencode, detector]) await server.stop()
      rmSync(root, { recursive: true, force: true })
    }
  }
  const strayed = () => detector.seen.filter(seen => !BY_AGENT.test(seen) && !GONE.test(seen))
  const trace = join(root, 'connects.txt')
  return {
    root,
    processes,
    trace,
    project,
    data,
    env: appEnv,
    claude,
    codex,
    opencode,
    strayed,
    script,
    commit,
    setClaude,
    git,
    leave,
  }
}
