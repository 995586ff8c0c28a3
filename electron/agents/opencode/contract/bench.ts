/** A bench for the seat of opencode: the real program, offline, its model a script on loopback. */
import { existsSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as model from '../../../../e2e/contracts/opencode-model-server'
import { never } from '../../../../e2e/contracts/script'
import type { Seat, SeatContext } from '../../agent'
import { afterTest, createSeatBench, makePlace, type SeatBench, shared } from '../../contract-bench'
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

interface UserConfig {
  /** More of opencode's own configuration, as its user would have it. */
  readonly userConfig?: Readonly<Record<string, unknown>>
}

export const bench = async (
  respond: model.OpencodeModelOptions['respond'],
  more: UserConfig = {},
): Promise<Bench> => {
  const place = makePlace('opencode')
  const server = await model.startOpencodeModel({ respond })
  afterTest(() => server.stop())
  const config = more.userConfig ? { config: more.userConfig } : {}
  const written = await model.writeOpencodeHome({ home: place.home, baseUrl: server.baseUrl, ...config })
  const b = createSeatBench(place, 'opencode', { ...written, DUOLOGUE_OPENCODE: binary })
  return { ...b, model: server, open: more => b.openAs(createOpencode({ log: () => {} }), more) }
}

/** What the model was asked, without the titles of conversations that opencode asks for on the side. */
export const asked = (b: Bench): readonly model.ModelRequest[] =>
  b.model.requests.filter(({ isTitle }) => !isTitle)

/** Answers with the first line of a message below its header. */
export const says = ({ user }: model.ModelRequest): model.ModelReply => [
  model.say(`answer to ${user.split('\n')[1]}`),
]

/** On screen once the TUI is attached and drawn. */
export const READY = 'Fake model'

interface SharedBench extends Bench {
  readonly seat: Seat
  /** The conversation that the seat was started with. */
  readonly session: string
  /** As `asked`, since this test began. */
  asked(): readonly model.ModelRequest[]
}

/**
 * One started seat for the tests of a file: each gives its own script for the model and begins with an idle seat in the
 * conversation of those before, and with no events.
 */
export const sharedSeat = (
  more: UserConfig & Pick<Partial<SeatContext>, 'config'> = {},
): ((respond: model.OpencodeModelOptions['respond']) => Promise<SharedBench>) => {
  const { config, ...user } = more
  const running = shared(async () => {
    const script = { respond: never as model.OpencodeModelOptions['respond'] }
    const b = await bench(request => script.respond(request), user)
    const seat = await b.open(config ? { config } : {})
    await b.see(READY)
    return { b, seat, script, session: (await b.event('ready')).session }
  })
  return async respond => {
    const { b, seat, script, session } = await running()
    script.respond = respond
    b.events.length = 0
    b.calls.length = 0
    const before = asked(b).length
    return { ...b, seat, session, asked: () => asked(b).slice(before) }
  }
}
