/** An agent's question to the human: options where it gave some, free words where it takes them. Never answered for them. */
import { type FormEvent, useState } from 'react'
import type { AgentRequest, Question } from '../../shared/agent/event'
import { requestKey } from '../../shared/attention/inbox'
import { type SeatId, seatAgentName } from '../../shared/pair/seat'
import { useOpenPair, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { Card } from './card'
import { seatRoleName } from './words'

type Questions = Extract<AgentRequest, { type: 'question' }>
interface Given {
  readonly chosen: readonly string[]
  readonly words: string
}
const NOTHING: Given = { chosen: [], words: '' }

/** The human's own words take the place of a single choice, and stand beside several. */
const answerOf = (question: Question, { chosen, words }: Given): readonly string[] => {
  const own = words.trim()
  if (own === '') return chosen
  return question.multiple ? [...chosen, own] : [own]
}

export const QuestionCard = (props: { seat: SeatId; request: Questions; since: string }) => {
  const { seat, request, since } = props
  const { state } = useOpenPair()
  const { commands } = useWindow()
  const [given, setGiven] = useState<Readonly<Record<string, Given>>>({})
  const [sent, setSent] = useState(false)

  const of = (question: Question) => given[question.id] ?? NOTHING
  const open = request.questions.filter(question => answerOf(question, of(question)).length === 0).length
  const why =
    open === 0
      ? null
      : open === 1
        ? 'One question has no answer yet.'
        : `${open} questions have no answer yet.`
  const send = async (event?: FormEvent) => {
    event?.preventDefault()
    if (why || sent) return
    setSent(true)
    const answers = Object.fromEntries(request.questions.map(each => [each.id, answerOf(each, of(each))]))
    const taken = await commands.send({
      type: 'answer',
      id: request.id,
      answer: { type: 'question', answers },
    })
    if (!taken) setSent(false)
  }
  const act = (
    <Button kind="go" why={why} onPress={() => void send()}>
      Answer
    </Button>
  )
  return (
    <Card
      id={requestKey(request.id)}
      seat={seat}
      title={`${seatRoleName(state, seat)} asks you`}
      detail={seatAgentName(state.seats[seat].config)}
      since={since}
      acts={act}
    >
      <form className="questions" onSubmit={event => void send(event)}>
        {request.questions.map(question => (
          <OneQuestion
            key={question.id}
            question={question}
            name={`${request.id} ${question.id}`}
            given={of(question)}
            onChange={next => setGiven({ ...given, [question.id]: next })}
          />
        ))}
      </form>
    </Card>
  )
}

interface OneProps {
  readonly question: Question
  readonly name: string
  readonly given: Given
  readonly onChange: (given: Given) => void
}

const OneQuestion = ({ question, name, given, onChange }: OneProps) => {
  const choose = (label: string, on: boolean) => {
    const others = question.multiple ? given.chosen.filter(each => each !== label) : []
    onChange({ words: question.multiple ? given.words : '', chosen: on ? [...others, label] : others })
  }
  return (
    <fieldset className="question">
      <legend className="selectable">
        {question.header && <span className="question-head">{question.header}</span>}
        {question.text}
      </legend>
      {question.options.map(option => (
        <label key={option.label} className="option">
          <input
            type={question.multiple ? 'checkbox' : 'radio'}
            name={name}
            checked={given.chosen.includes(option.label)}
            onChange={event => choose(option.label, event.target.checked)}
          />
          <span>
            {option.label}
            {option.description && <small>{option.description}</small>}
          </span>
        </label>
      ))}
      {(question.freeText || question.options.length === 0) && (
        <input
          type="text"
          className="field"
          aria-label={`In your own words: ${question.text}`}
          placeholder={question.options.length > 0 ? 'Or in your own words…' : 'In your own words…'}
          value={given.words}
          onChange={event =>
            onChange({ words: event.target.value, chosen: question.multiple ? given.chosen : [] })
          }
        />
      )}
    </fieldset>
  )
}
