/** A permission request: exactly what is asked, and only the answers that this agent understands. */
import { useState } from 'react'
import type { AgentRequest, ApprovalChoice } from '../../shared/agent/event'
import { requestKey } from '../../shared/attention/inbox'
import { type SeatId, seatAgentName } from '../../shared/pair/seat'
import { useOpenPair, useWindow } from '../store/context'
import { DiffOrText } from '../ui/diff-text'
import { Act, Card } from './card'
import { seatRoleName } from './words'

type Approval = Extract<AgentRequest, { type: 'approval' }>

export const ApprovalCard = (props: { seat: SeatId; request: Approval; since: string }) => {
  const { seat, request, since } = props
  const { state } = useOpenPair()
  const { commands } = useWindow()
  const [denying, setDenying] = useState(false)
  const [message, setMessage] = useState('')
  const [sent, setSent] = useState(false)

  const answer = async (choice: ApprovalChoice) => {
    if (sent) return
    setSent(true)
    const words = message.trim()
    const taken = await commands.send({
      type: 'answer',
      id: request.id,
      answer: { type: 'approval', choice, ...(choice === 'deny' && words ? { message: words } : {}) },
    })
    if (!taken) setSent(false)
  }
  const title = `${seatRoleName(state, seat)} asks: ${lowerFirst(request.title)}`
  const detail = [seatAgentName(state.seats[seat].config), request.reason].filter(Boolean).join(' · ')

  const asking = (
    <>
      <Act kind="go" letter="Y" onPress={() => void answer('allow')}>
        Allow once
      </Act>
      {request.choices.includes('allowForSession') && (
        <Act kind="key" letter="S" onPress={() => void answer('allowForSession')}>
          Allow for this session
        </Act>
      )}
      <Act kind="key" letter="N" onPress={() => setDenying(true)}>
        Deny…
      </Act>
    </>
  )
  const refusing = (
    <>
      <Act kind="danger solid" onPress={() => void answer('deny')}>
        Deny
      </Act>
      <Act kind="soft" onPress={() => setDenying(false)}>
        Back
      </Act>
    </>
  )
  return (
    <Card
      id={requestKey(request.id)}
      seat={seat}
      title={title}
      detail={detail}
      since={since}
      acts={denying ? refusing : asking}
    >
      <DiffOrText text={request.body} />
      <Terms request={request} agent={seatAgentName(state.seats[seat].config)} />
      {denying && (
        <label className="labelled card-field">
          <span>What it should do instead (optional)</span>
          <textarea
            className="field"
            rows={2}
            value={message}
            // biome-ignore lint/a11y/noAutofocus: it appears because the human asked for it
            autoFocus
            onChange={event => setMessage(event.target.value)}
            onKeyDown={event => {
              if (event.key === 'Escape') setDenying(false)
              if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
              event.preventDefault()
              void answer('deny')
            }}
          />
        </label>
      )}
    </Card>
  )
}

/** What each yes allows, and for how long. */
const Terms = ({ request, agent }: { request: Approval; agent: string }) => {
  const covers = request.covers ?? []
  return (
    <dl className="card-terms selectable">
      <dt>Once</dt>
      <dd>Exactly this. The next time it asks again.</dd>
      {request.choices.includes('allowForSession') && (
        <>
          <dt>This session</dt>
          <dd>
            {covers.length === 0
              ? `Until ${agent} ends; it does not say what else that would allow.`
              : `Until ${agent} ends, without asking again: `}
            {covers.map(cover => (
              <code key={cover} className="card-cover mono">
                {cover}
              </code>
            ))}
          </dd>
        </>
      )}
    </dl>
  )
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
