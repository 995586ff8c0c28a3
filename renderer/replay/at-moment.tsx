/** What is inside shows the pair as it was at the moment of the replay; without one, as it is. */
import type { ReactNode } from 'react'
import { OpenPairProvider, useOpenPair, useReplay } from '../store/context'

export const AtMoment = ({ children }: { children: ReactNode }) => {
  const now = useOpenPair()
  const then = useReplay(({ view }) => view?.shown ?? null)
  return <OpenPairProvider value={then ?? now}>{children}</OpenPairProvider>
}
