import { expect, test } from 'vitest'
import { Story } from '../shared/pair/story'
import { askBeforeLeaving, isBusy } from './leaving'

test('a turn, or a message on its way, is work; a pair at rest or ended is not', () => {
  const story = new Story()
  expect(isBusy(story.state)).toBe(true)
  story.take('left')
  expect(isBusy(story.state)).toBe(true)
  story.command({ type: 'pause', now: false })
  story.end('left')
  story.measured()
  expect(isBusy(story.state)).toBe(false)
  story.command({ type: 'end' })
  expect(isBusy(story.state)).toBe(false)
})

test('only a closed window can stay in the background, and Cancel is always last', () => {
  const close = askBeforeLeaving('close', ['Fix the upload.\nKeep the API.'])
  expect(close.buttons.map(({ choice }) => choice)).toEqual(['background', 'quit', 'endAndQuit', 'cancel'])
  expect(close.detail).toContain('Fix the upload.')
  const quit = askBeforeLeaving('quit', ['a', 'b'])
  expect(quit.buttons.map(({ choice }) => choice)).toEqual(['quit', 'endAndQuit', 'cancel'])
  expect(quit.message).toBe('2 pairs are at work.')
})
