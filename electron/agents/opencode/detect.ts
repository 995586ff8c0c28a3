/** What opencode is on this machine: which program, which version, any model to work with. Starts no session. */
import type { AgentInfo } from '../../../shared/agent/info'
import { run } from '../program'
import { findOpencode } from './binary'

type Env = Readonly<Record<string, string>>

/** Versions that the contract tests ran against. */
const KNOWN: readonly string[] = ['1.18.33']
/** Idempotent message ids, and permissions and questions by HTTP, are not this old; nothing before it was tried. */
const OLDEST = { major: 1, minor: 1 }
/** Cold starts of the 180 MB binary take a second or two, and more on a busy machine. */
const ASK_MS = 8_000
/** A start waits longer for its program's name: on a machine with ten times its load that took 13 s. */
const VERSION_MS = 30_000

const INSTALL = 'Install opencode (https://opencode.ai) so that `opencode` is on your PATH.'

const PERMISSION_MODES: AgentInfo['permissionModes'] = [
  {
    value: null,
    label: 'As configured',
    hint: 'What your opencode configuration says; without one it edits and runs without asking.',
  },
  { value: 'ask', label: 'Ask', hint: 'Asks before edits and commands.' },
  {
    value: 'allow',
    label: 'Never ask',
    hint: 'Dangerous: edits and runs anything, also outside the folder, without asking.',
  },
]

const base = { kind: 'opencode', name: 'opencode', permissionModes: PERMISSION_MODES } as const

const tooOld = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor)
}

const warningFor = (version: string): { readonly warning?: string } =>
  KNOWN.includes(version)
    ? {}
    : { warning: `opencode ${version} is not a version Duologue was tested with (${KNOWN.join(', ')}).` }

/** It says which models it could use, by sign-in, key or configuration; when it does not say, its TUI will. */
const hasModels = async (path: string, env: Env): Promise<boolean> => {
  const told = await run(path, ['models'], env, ASK_MS)
  return told.code !== 0 || /\S+\/\S+/.test(told.stdout)
}

/** The program and its version, without asking for models: that takes as long as a start. */
export const findProgram = async (
  env: Env,
  platform: NodeJS.Platform,
  arch: string,
): Promise<AgentInfo['state']> => {
  const path = findOpencode(env, platform, arch)
  if (path === undefined) return { type: 'missing', todo: INSTALL }
  const told = await run(path, ['--version'], env, VERSION_MS)
  const version = /\d+\.\d+\.\d+\S*/.exec(told.stdout)?.[0]
  if (told.code !== 0 || version === undefined) {
    const why = told.stderr.slice(0, 200) || 'no answer to --version'
    return { type: 'missing', todo: `${path} does not run: ${why}. ${INSTALL}` }
  }
  if (tooOld(version)) {
    const todo = `opencode ${version} is too old; update it with \`opencode upgrade\`.`
    return { type: 'tooOld', path, version, todo }
  }
  return { type: 'ready', path, version, ...warningFor(version) }
}

const stateOf = async (env: Env, platform: NodeJS.Platform, arch: string): Promise<AgentInfo['state']> => {
  const state = await findProgram(env, platform, arch)
  if (state.type !== 'ready' || (await hasModels(state.path, env))) return state
  const { path, version } = state
  const todo = 'It has no model to work with: sign in by running `opencode auth login` in a terminal.'
  return { type: 'signedOut', path, version, todo }
}

export const detectOpencode = async (
  env: Env,
  platform: NodeJS.Platform,
  arch: string,
): Promise<AgentInfo> => ({ ...base, state: await stateOf(env, platform, arch) })
