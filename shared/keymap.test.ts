import { describe, expect, it } from 'vitest'
import { commandForKey, commands, strokeAccelerator, strokeLabel } from './keymap'

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>>,
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

describe('the keymap', () => {
  it('gives no two commands the same id or key', () => {
    const ids = commands.map(({ id }) => id)
    const keys = commands.flatMap(({ stroke }) => (stroke ? [strokeAccelerator(stroke)] : []))
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('takes no key that a terminal program can be sent', () => {
    const unshifted = commands.flatMap(({ stroke }) => (stroke && !stroke.shift ? [stroke.key] : []))
    expect(unshifted.filter(key => !['.', ','].includes(key))).toEqual([])
    const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i))
    const named = [
      'Enter',
      'Tab',
      'Escape',
      'Backspace',
      'ArrowUp',
      'ArrowLeft',
      'Home',
      'PageUp',
      'F1',
      'F12',
    ]
    for (const key of [...printable, ...named]) {
      for (const platform of ['linux', 'darwin', 'win32']) {
        expect(commandForKey(press(key, {}), platform)).toBeNull()
        expect(commandForKey(press(key, { shiftKey: true }), platform)).toBeNull()
        expect(commandForKey(press(key, { altKey: true }), platform)).toBeNull()
        expect(
          commandForKey(press(key, { ctrlKey: true, altKey: true, shiftKey: true }), platform),
        ).toBeNull()
      }
      if (/^[a-z0-9@[\\\]^_ ?]$/i.test(key) || key.length > 1)
        expect(commandForKey(press(key, { ctrlKey: true }), 'linux')).toBeNull()
      expect(commandForKey(press(key, { ctrlKey: true }), 'darwin')).toBeNull()
    }
  })

  it('leaves copy, paste and find to the terminal', () => {
    for (const key of ['C', 'V', 'F'])
      expect(commandForKey(press(key, { ctrlKey: true, shiftKey: true }), 'linux')).toBeNull()
  })

  it('finds a command by its key on each platform', () => {
    expect(commandForKey(press('P', { ctrlKey: true, shiftKey: true }), 'linux')).toBe('app.palette')
    expect(commandForKey(press('p', { metaKey: true, shiftKey: true }), 'darwin')).toBe('app.palette')
    expect(commandForKey(press('.', { ctrlKey: true }), 'win32')).toBe('pair.pause')
    expect(commandForKey(press('p', { metaKey: true, shiftKey: true }), 'linux')).toBeNull()
  })

  it('writes keys as each platform does', () => {
    const stroke = { key: 'k', shift: true }
    expect([strokeLabel(stroke, 'linux'), strokeLabel(stroke, 'darwin')]).toEqual(['Ctrl+Shift+K', '⇧⌘K'])
    expect(strokeAccelerator(stroke)).toBe('CommandOrControl+Shift+K')
  })
})
