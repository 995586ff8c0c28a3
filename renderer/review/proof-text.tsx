/** What the proof prints, as it comes. The end is followed until the reader scrolls up, and again from the end. */
import { useEffect, useLayoutEffect, useRef } from 'react'
import { useStore } from 'zustand'
import type { Entry } from '../../shared/journal/entry'
import { useOpenPair, useWindow } from '../store/context'
import { ScrollBox } from '../ui/scroll-box'

/** Nearer to the end than this (px) counts as being at the end. */
const END_PX = 32

export const ProofText = ({ run }: { run: Extract<Entry, { type: 'proof' }> }) => {
  const { proof } = useWindow()
  const { pair } = useOpenPair()
  const output = useStore(proof)
  const ended = run.result !== null
  // biome-ignore lint/correctness/useExhaustiveDependencies: when it has ended, it is read as it was kept
  useEffect(() => void proof.getState().follow(pair, run.run), [proof, pair, run.run, ended])
  const mine = output.pair === pair && output.run === run.run
  // The journal holds the end of the output, wherever the whole of it went.
  const text = (mine && output.text) || run.result?.tail || ''
  const box = useRef<HTMLElement>(null)
  const following = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run is read from its end
  useEffect(() => {
    following.current = true
  }, [run.run])
  // biome-ignore lint/correctness/useExhaustiveDependencies: more text is what moves the end
  useLayoutEffect(() => {
    if (box.current && following.current) box.current.scrollTop = box.current.scrollHeight
  }, [text])
  if (text === '')
    return (
      <p className="proof-silent note">
        {ended ? 'It printed nothing.' : mine && output.reading ? '' : 'Nothing printed yet.'}
      </p>
    )
  return (
    <ScrollBox
      ref={box}
      className="proof-text mono selectable"
      aria-label="Output of the proof"
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        following.current = scrollHeight - scrollTop - clientHeight < END_PX
      }}
    >
      {mine && output.cut && '[… the beginning is left out …]\n'}
      {text}
    </ScrollBox>
  )
}
