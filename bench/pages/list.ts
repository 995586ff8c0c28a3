/** A list of the timeline's own library with as many rows as `#<count>` says, and nothing in them. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'

const ROW_PX = 64
const count = Number(location.hash.slice(1))
const box = document.getElementById('list')
if (!box) throw new Error('the page has no list')

const List = () => {
  const list = useVirtualizer({
    count,
    getScrollElement: () => box,
    estimateSize: () => ROW_PX,
    overscan: 6,
  })
  const rows = list.getVirtualItems().map(({ key, index, start }) =>
    createElement('div', {
      key,
      ref: list.measureElement,
      'data-index': index,
      style: { position: 'absolute', height: ROW_PX, transform: `translateY(${start}px)` },
    }),
  )
  return createElement('div', { style: { height: list.getTotalSize(), position: 'relative' } }, rows)
}

createRoot(box).render(createElement(List))
