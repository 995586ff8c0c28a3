/** A hold that waits for the human's decision: what happened in a sentence, and the ways on that apply. */

import type { FailureCause } from '../../shared/agent/event'
import type { CommandId } from '../../shared/keymap'
import type { PairState } from '../../shared/pair/model'
import { agentName, type SeatId } from '../../shared/pair/seat'
import { useOpenPair, useWindow } from '../store/context'
import { Act, Card } from './card'
import type { Decision } from './inbox-items'
import { seatRoleName } from './words'

interface Way {
  readonly id: CommandId
  readonly label: string
  readonly letter: string
}
interface HoldWords {
  readonly seat: SeatId | null
  readonly title: string
  readonly detail: string
  readonly ways: readonly Way[]
}

const CAUSES: Readonly<Record<FailureCause, string>> = {
  quota: 'has used up its quota',
  auth: 'is not signed in',
  model: 'cannot use its model',
  network: 'has no network',
  server: 'got an error from its server',
  crash: 'stopped unexpectedly',
  unknown: 'failed',
}

const HAND_OVER: Way = { id: 'pair.handOver', label: 'Hand over now', letter: 'H' }
const RETRY: Way = { id: 'pair.retry', label: 'Retry', letter: 'R' }

const restart = (seat: SeatId): Way => ({
  id: seat === 'left' ? 'pair.restartLeft' : 'pair.restartRight',
  label: 'Restart',
  letter: 'T',
})

const isDown = (state: PairState, seat: SeatId): boolean =>
  ['exited', 'failed'].includes(state.seats[seat].status.type)

const wordsOfHold = (state: PairState, hold: Decision): HoldWords => {
  switch (hold.type) {
    case 'interrupted':
      return {
        seat: hold.seat,
        title: `${seatRoleName(state, hold.seat)}’s turn was stopped`,
        detail: 'Go on where it stopped, or hand over what there is.',
        ways: [{ id: 'pair.pause', label: 'Resume', letter: 'R' }, HAND_OVER],
      }
    case 'trouble':
      return {
        seat: hold.seat,
        title: `${agentName(state.seats[hold.seat].config.agent)} ${
          state.seats[hold.seat].status.type === 'failed' ? 'could not start' : CAUSES[hold.cause]
        }`,
        detail: 'Nothing was handed over. This counts neither as a pass nor as a round.',
        ways: [isDown(state, hold.seat) ? restart(hold.seat) : RETRY, HAND_OVER],
      }
    case 'unclear':
      return {
        seat: hold.seat,
        title: `${seatRoleName(state, hold.seat)} gave no clear verdict`,
        detail: 'It was reminded once. Ask again, or decide yourself.',
        ways: [
          { id: 'pair.retry', label: 'Ask again', letter: 'A' },
          { id: 'pair.rulePass', label: 'Count as pass', letter: 'P' },
          { id: 'pair.ruleChanges', label: 'Count as changes', letter: 'C' },
        ],
      }
    case 'notAccepted':
      return {
        seat: state.outbox.find(({ id }) => id === hold.delivery)?.to ?? null,
        title: 'A message was not taken',
        detail: 'The agent did not say that it took it. Look at its pane before it is sent again.',
        ways: [{ ...RETRY, label: 'Send again' }],
      }
    case 'noPlan':
      return {
        seat: hold.seat,
        title: `${seatRoleName(state, hold.seat)} made no plan`,
        detail: 'It was reminded once. Ask again, or let the work begin without a plan.',
        ways: [{ id: 'pair.retry', label: 'Ask again', letter: 'A' }],
      }
    case 'planApproval':
      return {
        seat: null,
        title: 'The plan waits for your approval',
        detail: 'The navigator passed it. Nothing is written before you approve.',
        ways: [],
      }
    case 'unplanned':
      return {
        seat: null,
        title: 'Files changed that no plan item names',
        detail: 'All else is agreed. Accept these changes, or send them back to the driver.',
        ways: [],
      }
    case 'repetition':
      return {
        seat: hold.seat,
        title: `${seatRoleName(state, hold.seat)} repeats itself`,
        detail: 'Let the message go, steer, or end the pair.',
        ways: [{ id: 'pair.pause', label: 'Let it go', letter: 'R' }],
      }
  }
}

export const HoldCard = ({ hold }: { hold: Decision }) => {
  const { state } = useOpenPair()
  const { commands } = useWindow()
  const { seat, title, detail, ways } = wordsOfHold(state, hold)
  const exact = hold.type === 'trouble' || hold.type === 'notAccepted' ? hold.detail : ''
  const acts = ways.map((way, index) => (
    <Act
      key={way.id}
      kind={index === 0 ? 'go' : 'key'}
      letter={way.letter}
      why={commands.why(way.id)}
      onPress={() => commands.run(way.id)}
    >
      {way.label}
    </Act>
  ))
  return (
    <Card seat={seat} title={title} detail={detail} since={hold.since} acts={acts}>
      {exact && <pre className="exact scrolls">{exact}</pre>}
    </Card>
  )
}
