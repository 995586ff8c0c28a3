// @vitest-environment happy-dom
import { act, createElement } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type Window, WindowProvider } from './context'
import { createUiStore } from './ui'
import { useFocusWish } from './use-focus-wish'

const Place = ({ onTaken }: { onTaken: () => void }) => {
  useFocusWish('composer', onTaken)
  return null
}

let root: Root
let page: HTMLElement
beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  page = document.body.appendChild(document.createElement('div'))
  root = createRoot(page)
})
afterEach(() => {
  act(() => root.unmount())
  page.remove()
  vi.unstubAllGlobals()
})

it('comes true once: before its place is drawn or after, and never again when it is drawn anew', () => {
  const ui = createUiStore()
  let taken = 0
  const onTaken = () => {
    taken += 1
  }
  const draw = (pair: string | null) =>
    act(() =>
      root.render(
        createElement(
          WindowProvider,
          { value: { ui } as unknown as Window },
          pair && createElement(Place, { key: pair, onTaken }),
        ),
      ),
    )
  const wish = () => act(() => ui.getState().focusOn('composer'))

  draw(null)
  wish()
  expect(taken).toBe(0)
  draw('first')
  expect(taken).toBe(1)
  draw('second')
  expect(taken).toBe(1)
  wish()
  wish()
  expect(taken).toBe(3)
})
