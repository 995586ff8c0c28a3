/** A bench for the seat of Codex: the real CLI, offline, its model a script on loopback. */
import { join, resolve } from 'node:path'
import * as model from '../../../../e2e/contracts/codex-model-server'
import type { Seat, SeatContext } from '../../agent'
import { afterTest, createSeatBench, makePlace, type SeatBench } from '../../contract-bench'
import { findCodex } from '../binary'
import { createCodex } from '../codex'

const CONTRACTS = resolve(__dirname, '../../../../e2e/contracts')
const found = findCodex(
  { DUOLOGUE_CODEX: join(CONTRACTS, 'node_modules/.bin/codex') },
  process.platform,
  process.arch,
)
if (found === undefined) throw new Error('run `npm ci` in e2e/contracts first')
export const binary = found

export interface Bench extends SeatBench {
  readonly model: model.CodexModel
  open(more?: Partial<SeatContext>, transport?: 'socket' | 'port'): Promise<Seat>
}

export const bench = async (
  respond: model.CodexModelOptions['respond'],
  more: { readonly env?: Readonly<Record<string, string>>; readonly undecided?: boolean } = {},
): Promise<Bench> => {
  const place = makePlace('codex')
  const server = await model.startCodexModel({ respond })
  afterTest(() => server.stop())
  const written = await model.writeCodexHome({
    ...{ binary, ...place, baseUrl: server.baseUrl },
    undecided: more.undecided ?? false,
  })
  const b = createSeatBench(place, 'codex', { ...written, ...more.env, DUOLOGUE_CODEX: binary })
  return {
    ...b,
    model: server,
    open: (more, transport) => {
      const machine = { tempFolder: place.home, ...(transport ? { transport } : {}) }
      return b.openAs(createCodex({ log: () => {}, machine }), more)
    },
  }
}

/** On screen once the TUI is attached and drawn. */
export const READY = 'Fake model'
