/**
 * Nothing is decided for the human: when Codex may write in a folder, by its configuration or by the seat's
 * permission mode, `thread/start` records in the user's configuration that the folder is trusted, unless a decision
 * exists (0.169; `thread/resume` records nothing). For an undecided folder we give a decision for this thread only.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { REPLIES } from '../../../shared/agent/codex-frames'
import type { ThreadPermissions } from './permissions'
import type { Rpc } from './rpc'

/** The repository that Codex asks about: the main one, for a linked worktree. */
const repositoryOf = (folder: string): string | undefined => {
  for (let at = folder; ; at = dirname(at)) {
    const git = join(at, '.git')
    if (existsSync(git)) return statSync(git).isDirectory() ? at : mainOf(git, at)
    if (dirname(at) === at) return undefined
  }
}

const mainOf = (gitFile: string, root: string): string => {
  const main = /^gitdir: (.*)[/\\]\.git[/\\]worktrees[/\\]/.exec(readFileSync(gitFile, 'utf8'))?.[1]
  return main === undefined ? root : resolve(root, main)
}

/** Parameters to add to `thread/start` so that it writes nothing; empty when it would not. */
export const withoutTrusting = async (
  rpc: Rpc,
  folder: string,
  permissions: ThreadPermissions,
): Promise<Readonly<Record<string, unknown>>> => {
  const read = await rpc.request('config/read', { cwd: folder, includeLayers: false }, REPLIES.config)
  if (!read.ok) return {}
  const { config } = read.value
  const sandbox = permissions.sandbox ?? config.sandbox_mode ?? 'read-only'
  if (sandbox === 'read-only' && !config.default_permissions) return {}
  const places = [folder, repositoryOf(folder)]
  if (places.some(place => place !== undefined && config.projects?.[place]?.trust_level)) return {}
  return {
    // Without a decision Codex asks "on-request"; for an untrusted folder it would ask for everything.
    approvalPolicy: permissions.approvalPolicy ?? config.approval_policy ?? 'on-request',
    config: { projects: { [folder]: { trust_level: 'untrusted' } } },
  }
}
