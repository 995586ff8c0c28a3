/** What Codex is on this machine: which program, which version, signed in or not. Starts no session. */
import { z } from 'zod'
import type { AgentInfo } from '../../../shared/agent/info'
import { run } from '../program'
import { findCodex } from './binary'
import { PERMISSION_MODES } from './permissions'

/** Versions that the contract tests ran against. */
const KNOWN: readonly string[] = ['0.169.0']
/** The queue of messages and dynamic tools are older than this; nothing before it was tried. */
const OLDEST_MINOR = 150
const VERSION_MS = 8_000
const LOGIN_MS = 5_000
const DOCTOR_MS = 8_000

const INSTALL = 'Install Codex with `npm install -g @openai/codex`, then sign in with `codex login`.'

const base = { kind: 'codex', name: 'Codex', permissionModes: PERMISSION_MODES } as const

const tooOld = (version: string): boolean => {
  const [major, minor] = version.split('.').map(Number)
  return major === 0 && (minor ?? 0) < OLDEST_MINOR
}

const warningFor = (version: string): { readonly warning?: string } =>
  KNOWN.includes(version)
    ? {}
    : { warning: `Codex ${version} is not a version Duologue was tested with (${KNOWN.join(', ')}).` }

export const detectCodex = async (
  env: Readonly<Record<string, string>>,
  platform: NodeJS.Platform,
  arch: string,
): Promise<AgentInfo> => {
  const path = findCodex(env, platform, arch)
  if (path === undefined) return { ...base, state: { type: 'missing', todo: INSTALL } }
  const told = await run(path, ['--version'], env, VERSION_MS)
  const version = /\d+\.\d+\.\d+\S*/.exec(told.stdout)?.[0]
  if (told.code !== 0 || version === undefined) {
    const todo = `${path} does not run: ${told.stderr.slice(0, 200) || 'no answer to --version'}. ${INSTALL}`
    return { ...base, state: { type: 'missing', todo } }
  }
  if (tooOld(version)) {
    const todo = `Codex ${version} is too old; update it with \`npm install -g @openai/codex@latest\`.`
    return { ...base, state: { type: 'tooOld', path, version, todo } }
  }
  if (await signedIn(path, env))
    return { ...base, state: { type: 'ready', path, version, ...warningFor(version) } }
  const todo = 'Sign in by running `codex login` in a terminal.'
  return { ...base, state: { type: 'signedOut', path, version, todo } }
}

const doctorReport = z.object({ checks: z.object({ 'auth.credentials': z.object({ status: z.string() }) }) })

/**
 * `login status` knows only OpenAI's own sign-in: it says no for a provider that needs none and for an API key in
 * the environment. Then Codex's doctor decides; it also looks whether the network is there, so it comes second.
 */
const signedIn = async (path: string, env: Readonly<Record<string, string>>): Promise<boolean> => {
  const login = await run(path, ['login', 'status'], env, LOGIN_MS)
  if (login.code === 0) return true
  const doctor = await run(path, ['doctor', '--json'], env, DOCTOR_MS)
  const report = doctorReport.safeParse(json(doctor.stdout))
  return report.success && report.data.checks['auth.credentials'].status === 'ok'
}

const json = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
