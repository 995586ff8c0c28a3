/** Kills what a trial wants killed, by its command line among what the host has started. */
import type { Plan, Victim } from './plan'
import type { TrialRoom } from './room'

interface Strike {
  readonly struck: boolean
  readonly recovered: Promise<unknown>
}

/** Kills what is to be killed; `recovered` resolves when the relay knows of it and has both programs up again. */
export const strike = async (room: TrialRoom, plan: Plan): Promise<Strike> => {
  const { to, victim } = plan
  if (victim === 'nothing') return { struck: false, recovered: Promise.resolve() }
  const host = room.host()
  const before = room.events().length
  const programs = await host.programs()
  const marks: Readonly<Record<Exclude<Victim, 'nothing'>, RegExp>> = {
    tui: to === 'claude' ? /\/claude .*--settings/ : /\/codex resume /,
    waiter: plan.after % 2 === 0 ? /mailbox\.sh/ : /^curl .*mailbox/,
    server: /^\S*\/codex app-server/,
    host: /^$/,
    power: /./,
  }
  const hit = programs.filter(({ command }) => marks[victim].test(command))
  if (victim === 'host' || victim === 'power') host.kill()
  for (const { pid } of hit) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself meanwhile.
    }
  }
  if (victim === 'host' || victim === 'power') {
    const reopened = () =>
      room
        .events()
        .slice(before)
        .some(({ type }) => type === 'pairReopened')
    return { struck: true, recovered: room.until('the pair again', () => reopened() && isUp(room)) }
  }
  // Between two waits there is none, and a program may have ended by itself: the trial says that nothing was hit.
  if (hit.length === 0) return { struck: false, recovered: Promise.resolve() }
  if (victim === 'tui') {
    const exited = () =>
      room
        .events()
        .slice(before)
        .some(event => event.type === 'seatExited')
    return { struck: true, recovered: room.until('the program again', () => exited() && isUp(room)) }
  }
  return { struck: true, recovered: Promise.resolve() }
}

const isUp = (room: TrialRoom): boolean => {
  const { left, right } = room.state().seats
  return [left, right].every(({ status }) => status.type === 'idle' || status.type === 'working')
}
