/** The words that are looked for, marked where they are seen: opened texts too, and nothing is changed in them. */
import { type RefObject, useEffect } from 'react'

const NAME = 'score-found'
/** More marks than this at once help nobody. */
const MOST = 400

/** Runs after each rendering of whoever draws the rows: they come and go as one scrolls. */
export const useHighlight = (box: RefObject<HTMLElement | null>, words: string): void => {
  useEffect(() => {
    const wanted = words.trim().toLowerCase()
    if (!box.current || wanted === '') return
    CSS.highlights.set(NAME, new Highlight(...rangesOf(box.current, wanted)))
    return () => {
      CSS.highlights.delete(NAME)
    }
  })
}

const rangesOf = (box: HTMLElement, wanted: string): readonly Range[] => {
  const walk = document.createTreeWalker(box, NodeFilter.SHOW_TEXT)
  const ranges: Range[] = []
  for (let node = walk.nextNode(); node && ranges.length < MOST; node = walk.nextNode()) {
    const text = node.nodeValue?.toLowerCase() ?? ''
    // A letter that is of another length in lower case would shift what follows.
    if (text.length !== node.nodeValue?.length) continue
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + wanted.length)
      ranges.push(range)
    }
  }
  return ranges
}
