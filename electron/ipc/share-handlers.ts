/** Requests about what leaves the app: what an export would hold, and writing it. */
import { join } from 'node:path'
import { asPairId } from '../../shared/ids'
import { BY_RULES } from '../../shared/transcript/redact'
import type { Engine } from '../pair/engine'
import type { Sharing } from '../share/export-thread'
import type { Handlers } from './handlers'

type ShareRequest = 'pair.export' | 'pair.previewExport'

export interface ShareDeps {
  readonly engine: Pick<Engine, 'pairFolder' | 'live'>
  readonly sharing: Sharing
  /** Asks where to put an export; null when the human cancelled. */
  readonly chooseExportFolder: () => Promise<string | null>
}

export const createShareHandlers = ({
  engine,
  sharing,
  chooseExportFolder,
}: ShareDeps): Pick<Handlers, ShareRequest> => {
  const dirOf = (pair: string): string => {
    engine.live(asPairId(pair))?.flushRecordings()
    return engine.pairFolder(asPairId(pair))
  }
  return {
    'pair.previewExport': async ({ pair }) => {
      const looked = await sharing.preview(dirOf(pair))
      return looked.ok ? { ok: true, value: looked.value } : { ok: false, message: looked.error.message }
    },
    'pair.export': async ({ pair, format, target, choice, terminals }) => {
      const chosen = target ?? (await chooseExportFolder())
      if (chosen === null) return { ok: true, value: [] }
      const written = await sharing.write({
        ...{ pairDir: dirOf(pair), format, folder: join(chosen, `duologue-${pair}`) },
        choice: choice ?? BY_RULES,
        terminals: terminals ?? false,
      })
      return written.ok ? { ok: true, value: written.value } : { ok: false, message: written.error.message }
    },
  }
}
