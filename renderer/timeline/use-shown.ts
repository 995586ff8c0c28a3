/** The row of the moment that a replay shows; the score goes with it as long as the reader has it in sight. */
import { type RefObject, useEffect, useMemo, useRef } from 'react'
import type { Entry } from '../../shared/journal/entry'
import { momentOfEntry } from '../../shared/replay/marks'
import { millisOf } from '../../shared/time'
import { useReplay } from '../store/context'
import type { ScoreHandle } from './score'

/** `seq` of the last row that could be told then; null without a replay. */
export const useShown = (entries: readonly Entry[], score: RefObject<ScoreHandle | null>): number | null => {
  const moments = useMemo(() => entries.map(entry => millisOf(momentOfEntry(entry))), [entries])
  const index = useReplay(({ view }) =>
    view ? moments.reduce((found, moment, row) => (moment <= view.at ? row : found), -1) : null,
  )
  const before = useRef<number | null>(null)
  useEffect(() => {
    const last = before.current
    before.current = index
    if (index === null || index < 0 || index === last) return
    const [from, to] = score.current?.seen() ?? [0, 0]
    if (last === null || (last >= from && last <= to)) score.current?.show(index)
  }, [index, score])
  return index === null ? null : (entries[index]?.seq ?? null)
}
