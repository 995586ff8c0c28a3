/**
 * Whether Chromium's sandbox can work here. Rule: it is switched off only for root, where Chromium refuses to start
 * with it; for everyone else who cannot have it, the app does not start and says what to type.
 */
import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { capture } from './run.mjs'
import { onPath } from './system.mjs'

/**
 * @param facts what was read from the machine
 * @returns `on`; `off` with the reason; or `blocked` with what to do
 */
export const sandboxVerdict = facts => {
  if (facts.platform !== 'linux') return { type: 'on' }
  if (facts.root)
    return { type: 'off', why: "running as root, so without Chromium's sandbox (--no-sandbox)." }
  if (facts.setuidHelper || facts.blockedBy === null) return { type: 'on' }
  const helper = `'${facts.helper}'`
  const fix = `sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`
  return {
    type: 'blocked',
    why: `this system keeps Chromium from making its sandbox (${facts.blockedBy}). Allow it once with:\n\n  ${fix}\n`,
  }
}

const setting = name => {
  try {
    return readFileSync(join('/proc/sys', name), 'utf8').trim()
  } catch {
    return null
  }
}

const blockedBy = async () => {
  if (setting('kernel/unprivileged_userns_clone') === '0') return 'kernel.unprivileged_userns_clone=0'
  if (setting('kernel/apparmor_restrict_unprivileged_userns') === '1') {
    return 'kernel.apparmor_restrict_unprivileged_userns=1'
  }
  if (setting('user/max_user_namespaces') === '0') return 'user.max_user_namespaces=0'
  if (!onPath('unshare')) return null
  const probe = await capture('unshare', ['--user', 'true'])
  return probe.code === 0 ? null : 'user namespaces are not permitted'
}

const isSetuidRoot = file => {
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat !== undefined && stat.uid === 0 && (stat.mode & 0o4001) === 0o4001
}

export const readSandboxFacts = async executable => {
  const helper = join(dirname(executable), 'chrome-sandbox')
  const linux = process.platform === 'linux'
  const root = process.getuid?.() === 0
  const setuidHelper = linux && isSetuidRoot(helper)
  return {
    platform: process.platform,
    root,
    helper,
    setuidHelper,
    blockedBy: linux && !root && !setuidHelper ? await blockedBy() : null,
  }
}
