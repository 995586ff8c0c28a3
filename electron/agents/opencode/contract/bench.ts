/** A bench for the seat of opencode: the real program, offline, its model a script on loopback. */
import { existsSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as model from '../../../../e2e/contracts/opencode-model-server'
import type { Seat, SeatContext } from '../../agent'
import { afterTest, createSeatBench, makePlace, type SeatBench } from '../../contract-bench'
import { createOpencode } from '../opencode'

const CONTRACTS = resolve(__dirname, '../../../../e2e/contracts')
const program = join(CONTRACTS, 'node_modules/opencode-linux-x64/bin/opencode')
if (!existsSync(program)) throw new Error('run `npm ci` in e2e/contracts first')
/** As it stands in the table of processes. */
export const binary = realpathSync(program)

export interface Bench extends SeatBench {
  readonly model: model.OpencodeModel
  open(more?: Partial<SeatContext>): Promise<Seat>
}

export const bench = async (
  respond: model.OpencodeModelOptions['respond'],
  more: { readonly config?: Readonly<Record<string, unknown>> } = {},
): Promise<Bench> => {
  const place = makePlace('opencode')
  const server = await model.startOpencodeModel({ respond })
  afterTest(() => server.stop())
  const written = await model.writeOpencodeHome({ home: place.home, baseUrl: server.baseUrl, ...more })
  const b = createSeatBench(place, 'opencode', { ...written, DUOLOGUE_OPENCODE: binary })
  return { ...b, model: server, open: more => b.openAs(createOpencode({ log: () => {} }), more) }
}

/** On screen once the TUI is attached and drawn. */
export const READY = 'Fake model'
