import { expect, test } from 'vitest'
import { asRequestId } from '../ids'
import { landingWords } from './landing'
import { Story } from './story'

const ask = {
  type: 'requestOpened',
  request: {
    type: 'approval',
    id: asRequestId('r'),
    title: 'Run',
    body: 'ls',
    reason: '',
    choices: ['allow', 'deny'],
  },
} as const

test('now is said as it will be: into the turn, as a turn, or what it waits for', () => {
  const story = new Story()
  expect(landingWords(story.state, 'left', 'now')).toBe(
    'Lands when Claude Code (driver) has taken the message before it',
  )
  story.take('left')
  expect(landingWords(story.state, 'left', 'now')).toBe(
    'Lands now, between tool calls of Claude Code (driver)',
  )
  expect(landingWords(story.state, 'right', 'now')).toBe('Lands now, and begins a turn of Codex (navigator)')
  expect(landingWords(story.state, 'both', 'now')).toBe(
    'Lands now, between tool calls of Claude Code (driver); now, and begins a turn of Codex (navigator)',
  )
  story.command({ type: 'pause', now: false })
  expect(landingWords(story.state, 'both', 'now')).toBe('Lands when you resume')
  story.command({ type: 'resume' })
  story.agent('left', ask)
  expect(landingWords(story.state, 'left', 'now')).toBe(
    'Lands when what Claude Code (driver) asks is answered',
  )
  story.agent('left', { type: 'exited', code: 1, signal: null, resumable: true })
  expect(landingWords(story.state, 'left', 'now')).toBe('Lands when Claude Code (driver) runs again')
})

test('a step lets one of two pass', () => {
  const story = new Story()
  story.take('left')
  story.command({ type: 'pause', now: false })
  story.command({ type: 'step' })
  expect(landingWords(story.state, 'both', 'now')).toBe(
    'Lands now, between tool calls of Claude Code (driver); when you resume',
  )
})

test('a program that takes nothing while it works gets it when its turn is over', () => {
  const story = new Story()
  story.take('left')
  const { left, right } = story.state.seats
  const command = { name: 'Gemini', command: 'gemini', args: [] }
  story.state = {
    ...story.state,
    seats: { left: { ...left, config: { agent: 'command', command } }, right },
  }
  expect(landingWords(story.state, 'left', 'now')).toBe(
    'Lands when the turn of Gemini (driver) is over: it takes nothing while it works',
  )
  story.command({ type: 'steer', to: 'left', when: 'now', text: 'Smaller steps.' })
  expect(story.sent()).toEqual([])
  story.end('left')
  expect(story.sent()).toMatchObject([{ seat: 'left', mode: 'message' }])
})

test('next is the handoff that waits, or the one after', () => {
  const story = new Story()
  story.take('left')
  expect(landingWords(story.state, 'both', 'next')).toBe('Lands with the next handoff to each')
  expect(landingWords(story.state, 'right', 'next')).toBe('Lands with the next handoff to Codex (navigator)')
  story.command({ type: 'pause', now: false })
  story.end('left')
  story.measured()
  expect(landingWords(story.state, 'right', 'next')).toBe(
    'Lands with the handoff that waits for Codex (navigator), when you resume',
  )
  story.command({ type: 'resume' })
  story.take('right')
  expect(landingWords(story.state, 'right', 'next')).toBe(
    'Lands with the next handoff to Codex (navigator), if there is one',
  )
  expect(landingWords(story.state, 'left', 'next')).toBe(
    'Lands with the next handoff to Claude Code (driver)',
  )
})

test('after the end there is nothing to say', () => {
  const story = new Story()
  story.command({ type: 'end' })
  expect(landingWords(story.state, 'both', 'now')).toBe('')
})
