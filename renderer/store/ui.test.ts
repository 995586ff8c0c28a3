import { expect, it } from 'vitest'
import { createUiStore, draftKey } from './ui'

it('keeps what is written to a pair and the edit of its message apart, and each pair’s own', () => {
  const ui = createUiStore()
  const editing = { pair: 'p1', id: 'd1', original: 'As it was' }
  const drafts = () => ui.getState().drafts
  ui.getState().setDraft('p1', 'A draft')
  ui.getState().edit(editing)
  expect(ui.getState()).toMatchObject({ editing, focus: 'composer' })
  ui.getState().setDraft(draftKey('p1', editing), 'Otherwise')
  ui.getState().setDraft('p2', 'Another draft')
  expect(drafts()).toEqual({ p1: 'A draft', 'p1 d1': 'Otherwise', p2: 'Another draft' })
  ui.getState().edit(null)
  expect(ui.getState().editing).toBeNull()
  expect(drafts()).toEqual({ p1: 'A draft', p2: 'Another draft' })
})
