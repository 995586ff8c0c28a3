/** The scrubber of a replay: where it stands, rounds, handoffs and holds, and the controls that move it. */
import { type RefObject, useLayoutEffect, useMemo, useRef } from 'react'
import { type CommandId, strokeAria, strokeLabel, strokeOf } from '../../shared/keymap'
import { marksOf, type ReplayMark } from '../../shared/replay/marks'
import { SPEEDS } from '../../shared/replay/play'
import { clockMs, span } from '../../shared/score/format'
import { useOpenPair, useReplay, useSettings, useWindow } from '../store/context'
import { type ReplayView, type Track, trackOf } from '../store/replay'
import { Button } from '../ui/button'
import { moment } from '../ui/format'
import { NextIcon, PauseIcon, PlayIcon, PreviousIcon } from '../ui/icons'
import { useNow } from '../ui/use-now'

export const ReplayBar = () => {
  const view = useReplay(store => store.view)
  const opening = useReplay(store => store.opening)
  if (view) return <Bar view={view} />
  return opening ? (
    <section className="replay-bar" aria-label="Replay" aria-busy="true">
      <p className="quiet">Making the recordings ready…</p>
    </section>
  ) : null
}

const Bar = ({ view }: { view: ReplayView }) => {
  const { live, entries } = useOpenPair()
  const now = Date.parse(useNow())
  const marks = useMemo(() => marksOf(entries), [entries])
  const track = trackOf(view, live, now)
  const bar = useRef<HTMLElement>(null)
  useFocus(bar)
  return (
    <section className="replay-bar" aria-label="Replay" ref={bar}>
      <div className="replay-acts" role="toolbar" aria-label="Replay">
        <Act id="replay.previous" label="Previous handoff">
          <PreviousIcon />
        </Act>
        <Act id="replay.play" label={view.playing ? 'Pause the replay' : 'Play'}>
          {view.playing ? <PauseIcon /> : <PlayIcon />}
        </Act>
        <Act id="replay.next" label="Next handoff">
          <NextIcon />
        </Act>
      </div>
      <Scrubber view={view} track={track} marks={marks} live={live} now={now} />
      <Speeds view={view} />
      <Act id="replay.toggle" label={live ? 'Live' : 'Close replay'} kind="go" word />
    </section>
  )
}

/** A live terminal goes out of reach below a replay: its focus goes to the slider, and comes back at the end. */
const useFocus = (bar: RefObject<HTMLElement | null>) =>
  useLayoutEffect(() => {
    const before = document.activeElement
    if (before === document.body || before?.closest('[inert]')) bar.current?.querySelector('input')?.focus()
    return () => {
      // After the bar, and what is inert below the replay, have changed.
      queueMicrotask(() => {
        if (document.activeElement === document.body && before instanceof HTMLElement) before.focus()
      })
    }
  }, [bar])

interface ActProps {
  readonly id: CommandId
  readonly label: string
  readonly kind?: string
  readonly word?: boolean
  readonly children?: React.ReactNode
}

const Act = ({ id, label, kind = 'key icon', word, children }: ActProps) => {
  const { commands } = useWindow()
  const platform = useSettings(({ info }) => info.platform)
  const stroke = strokeOf(id)
  return (
    <Button
      kind={kind}
      label={label}
      title={[label, stroke && strokeLabel(stroke, platform)].filter(Boolean).join('  ')}
      why={commands.why(id)}
      onPress={() => commands.run(id)}
      {...(stroke ? { keys: strokeAria(stroke, platform) } : {})}
    >
      {children}
      {word && label}
    </Button>
  )
}

interface ScrubberProps {
  readonly view: ReplayView
  readonly track: Track
  readonly marks: readonly ReplayMark[]
  readonly live: boolean
  readonly now: number
}

/** What an arrow key moves by. */
const STEP_MS = 1_000

const Scrubber = ({ view, track, marks, live, now }: ScrubberProps) => {
  const { replay, commands } = useWindow()
  const { round } = view.shown.state
  const time = moment(new Date(view.at).toISOString())
  const left = (at: number) => `${(100 * track.positionOf(at)) / Math.max(1, track.length)}%`
  const held = marks.flatMap(mark => (mark.type === 'hold' ? [mark] : []))
  return (
    <div className="replay-track">
      <p className="replay-when">
        <time dateTime={new Date(view.at).toISOString()}>{time}</time>
        <span className="quiet">
          Round {round} · {clockMs(track.position)} of {clockMs(track.length)}
        </span>
      </p>
      <div className="replay-scrub">
        <div className="replay-marks" aria-hidden="true">
          {held.map(({ at, until }) => {
            const [from, to] = [
              track.positionOf(at),
              track.positionOf(until ?? (live ? now : Number.MAX_VALUE)),
            ]
            return (
              <i
                key={`${at}-${until}`}
                className="mark-hold"
                style={{ left: left(at), width: `${(100 * (to - from)) / Math.max(1, track.length)}%` }}
              />
            )
          })}
          {marks.map(mark =>
            mark.type === 'hold' ? null : (
              <i
                key={`${mark.type}-${mark.at}-${mark.type === 'handoff' ? mark.to : mark.round}`}
                className={mark.type === 'round' ? 'mark-round' : `mark-handoff ${mark.to}`}
                style={{ left: left(mark.at) }}
              >
                {mark.type === 'round' && <b>{mark.round}</b>}
              </i>
            ),
          )}
        </div>
        <input
          type="range"
          min={0}
          max={Math.max(1, Math.ceil(track.length))}
          step={1}
          value={Math.round(track.position)}
          aria-label="Moment of the replay"
          aria-valuetext={`${time}, ${span(track.position)} of ${span(track.length)}, round ${round}`}
          onKeyDown={event => {
            const to = keyTarget(event.key, track)
            if (to === undefined && event.key !== ' ') return
            event.preventDefault()
            if (to === undefined) return commands.run('replay.play')
            replay.getState().seek(track.momentOf(to))
          }}
          onChange={event => replay.getState().seek(track.momentOf(Number(event.target.value)))}
        />
      </div>
    </div>
  )
}

/** Arrows move by a second, pages by a minute; a range's own steps would be milliseconds. */
const keyTarget = (key: string, { position, length }: Track): number | undefined => {
  const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -60, PageUp: 60 }[key]
  const to =
    key === 'Home' ? 0 : key === 'End' ? length : by === undefined ? undefined : position + by * STEP_MS
  return to === undefined ? undefined : Math.min(Math.max(0, to), length)
}

const Speeds = ({ view }: { view: ReplayView }) => {
  const { commands } = useWindow()
  return (
    <div className="replay-speeds" role="toolbar" aria-label="Speed">
      {SPEEDS.map(speed => (
        <Button
          key={speed}
          kind="soft small"
          label={`${speed} times the speed`}
          pressed={view.speed === speed}
          onPress={() => commands.run(`replay.speed${speed}`)}
        >
          {speed}×
        </Button>
      ))}
    </div>
  )
}
