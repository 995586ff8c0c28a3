/** The rows of the score, for the width that there is and the time that it is. */
import { type RefObject, useMemo } from 'react'
import type { Entry } from '../../shared/journal/entry'
import { columnsOf } from '../../shared/score/faces'
import type { ScoreRow } from '../../shared/score/page'
import { useWidth } from '../review/use-width'
import { useNowWhile } from '../ui/use-now'
import { createLayout } from './layout'

/** In pixels: a divider that is dragged does not lay everything out anew at each of them. */
const WIDTH_STEP = 24
/** Before the width is known. */
const USUAL_WIDTH = 384

export interface Layout {
  readonly rows: readonly ScoreRow[]
  /** Rows of the same entries have other heights when this is another. */
  readonly step: number
}

export const useLayout = (entries: readonly Entry[], box: RefObject<HTMLElement | null>): Layout => {
  const step = Math.floor((useWidth(box) || USUAL_WIDTH) / WIDTH_STEP)
  const layOut = useMemo(() => createLayout(columnsOf(step * WIDTH_STEP)), [step])
  // The clock moves the score only while a turn runs.
  const now = useNowWhile(entries.filter(isRunning).at(-1)?.at ?? null)
  const rows = useMemo(() => layOut(entries, now), [entries, layOut, now])
  return { rows, step }
}

const isRunning = (entry: Entry): boolean => entry.type === 'turn' && entry.endedAt === null
