/** The frame of a card in the inbox: who, what, why, and the ways on. */
import type { ReactNode } from 'react'
import type { SeatId } from '../../shared/pair/seat'
import { roleOf } from '../../shared/pair/view'
import { roughly } from '../../shared/score/format'
import { useOpenPair, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { AskIcon, RoleMark } from '../ui/icons'
import { useNowSince } from '../ui/use-now'

interface Props {
  /** What names it in the inbox. */
  readonly id: string
  readonly seat: SeatId | null
  readonly title: string
  readonly detail: ReactNode
  readonly since: string
  readonly children: ReactNode
  readonly acts: ReactNode
}

export const Card = ({ id, seat, title, detail, since, children, acts }: Props) => {
  const { state } = useOpenPair()
  const { ui } = useWindow()
  const now = useNowSince(since)
  const role = seat && roleOf(state, seat)
  return (
    <article className={`card ${role ?? 'nobody'}`} tabIndex={-1} aria-label={title} data-card={id}>
      <header className="card-head">
        {role ? <RoleMark of={role} /> : <AskIcon />}
        <h3>{title}</h3>
        <time className="quiet" dateTime={since}>
          {roughly(Date.parse(now) - Date.parse(since))}
        </time>
      </header>
      {detail && <p className="card-detail selectable">{detail}</p>}
      {children}
      <footer className="card-acts">
        {acts}
        <span className="grow" />
        {seat && (
          <Button kind="soft" onPress={() => ui.getState().focusOn(seat)}>
            Show in pane
          </Button>
        )}
      </footer>
    </article>
  )
}

/** An act with a letter; see `letters` of the inbox. */
export const Act = (props: {
  readonly letter?: string
  readonly kind: string
  readonly why?: string | null
  readonly onPress: () => void
  readonly children: ReactNode
}) => (
  <span data-letter={props.letter?.toLowerCase()}>
    <Button
      kind={props.kind}
      onPress={props.onPress}
      why={props.why ?? null}
      {...(props.letter ? { hint: props.letter } : {})}
    >
      {props.children}
    </Button>
  </span>
)
