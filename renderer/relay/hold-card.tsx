/** A hold that waits for the human's decision: what happened in a sentence, and the ways on that apply. */
import type { ReactNode } from 'react'
import type { FailureCause } from '../../shared/agent/event'
import { type Decision, holdKey } from '../../shared/attention/inbox'
import type { PairState } from '../../shared/pair/model'
import { type SeatId, seatAgentName } from '../../shared/pair/seat'
import { planOf } from '../../shared/pair/view'
import { PlanItems } from '../review/plan-items'
import { useOpenPair, useWindow } from '../store/context'
import { ScrollBox } from '../ui/scroll-box'
import { Act, Card } from './card'
import { limitWays, limitWords } from './limit-words'
import { HAND_OVER, type Way } from './way'
import { seatRoleName } from './words'

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

const STEER: Way = { id: 'pair.steer', label: 'Steer', letter: 'S' }
const RETRY: Way = { id: 'pair.retry', label: 'Retry', letter: 'R' }

const TAKE_BACK: Way = { id: 'pair.takeBack', label: 'Take back, to edit or drop', letter: 'B' }
const EDIT_HELD: Way = { id: 'pair.editHeld', label: 'Edit', letter: 'E' }
const DROP_HELD: Way = { id: 'pair.dropHeld', label: 'Drop', letter: 'D' }

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
        title: `${seatAgentName(state.seats[hold.seat].config)} ${
          state.seats[hold.seat].status.type === 'failed' ? 'could not start' : CAUSES[hold.cause]
        }`,
        detail: 'Nothing was handed over. This counts neither as a pass nor as a round.',
        ways: [isDown(state, hold.seat) ? restart(hold.seat) : RETRY, HAND_OVER],
      }
    case 'quota':
      return { seat: hold.seat, ...limitWords(state, hold), ways: limitWays(state, hold) }
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
        ways: [
          { ...RETRY, label: 'Send again' },
          ...(state.outbox.some(({ id, status }) => id === hold.delivery && status === 'waiting')
            ? [EDIT_HELD, DROP_HELD]
            : [TAKE_BACK]),
        ],
      }
    case 'noPlan':
      return {
        seat: hold.seat,
        title: `${seatRoleName(state, hold.seat)} made no plan`,
        detail: 'It was reminded once. Ask again, or let the work begin without a plan.',
        ways: [
          { id: 'pair.retry', label: 'Ask again', letter: 'A' },
          { id: 'pair.skipPlan', label: 'Go on without a plan', letter: 'G' },
        ],
      }
    case 'planApproval':
      return {
        seat: null,
        title: 'The plan waits for your approval',
        detail: 'The navigator passed it. No code is written before you approve.',
        ways: [
          { id: 'pair.approvePlan', label: 'Approve', letter: 'A' },
          { id: 'view.plan', label: 'Edit', letter: 'E' },
          STEER,
        ],
      }
    case 'unplanned':
      return {
        seat: null,
        title: 'Files changed that no plan item names',
        detail:
          'All else is agreed. Accept these changes, or let the driver take them back or say why they are needed.',
        ways: [
          { id: 'pair.acceptUnplanned', label: 'Accept', letter: 'A' },
          { id: 'pair.returnUnplanned', label: 'Send back', letter: 'B' },
        ],
      }
    case 'repetition':
      return {
        seat: hold.seat,
        title: `${seatRoleName(state, hold.seat)} repeats itself`,
        detail: `${hold.detail} Let it go on, say what should be different, or end the pair.`,
        ways: [
          { id: 'pair.pause', label: 'Let it go on', letter: 'G' },
          STEER,
          { id: 'pair.end', label: 'End pair', letter: 'E' },
        ],
      }
  }
}

/** What the decision is about, whole: the card is enough to decide by. */
const What = ({ state, hold }: { state: PairState; hold: Decision }) => {
  switch (hold.type) {
    case 'trouble':
    case 'quota':
    case 'notAccepted':
      return hold.detail ? <Exact>{hold.detail}</Exact> : null
    case 'planApproval': {
      const plan = planOf(state)
      return (
        plan && (
          <Exact className="card-plan">
            <PlanItems items={plan.items} />
          </Exact>
        )
      )
    }
    case 'unplanned':
      return (
        <Exact>
          {hold.files.map(file => (
            <span key={file} className="card-file">
              {file}
            </span>
          ))}
        </Exact>
      )
    case 'repetition': {
      const text = state.lastText[hold.seat]
      return text ? <Exact>{text}</Exact> : null
    }
    case 'interrupted':
    case 'unclear':
    case 'noPlan':
      return null
  }
}

const Exact = ({ className = '', children }: { className?: string; children: ReactNode }) => (
  <ScrollBox className={`exact mono selectable ${className}`}>{children}</ScrollBox>
)

export const HoldCard = ({ hold }: { hold: Decision }) => {
  const { state } = useOpenPair()
  const { commands } = useWindow()
  const { seat, title, detail, ways } = wordsOfHold(state, hold)
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
    <Card id={holdKey(hold)} seat={seat} title={title} detail={detail} since={hold.since} acts={acts}>
      <What state={state} hold={hold} />
    </Card>
  )
}
