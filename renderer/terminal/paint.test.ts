import { expect, test } from 'vitest'
import { DARK_COLOURS, LIGHT_COLOURS, luminance } from '../../shared/terminal/colours'
import { styleOfRun } from './paint'

test('plain text needs no style', () => {
  expect(styleOfRun({ text: 'x' }, DARK_COLOURS)).toBeUndefined()
})

test('colours of the palette, of 256 and of 24 bits; attributes', () => {
  expect(styleOfRun({ text: 'x', ink: 2 }, DARK_COLOURS)).toEqual({ color: '#6fc38a' })
  expect(styleOfRun({ text: 'x', ink: 16 + 36 * 5 + 6 * 4 }, DARK_COLOURS)).toEqual({ color: '#ffd700' })
  expect(styleOfRun({ text: 'x', ink: 255, ground: 232 }, DARK_COLOURS)).toEqual({
    color: '#eeeeee',
    backgroundColor: '#080808',
  })
  expect(
    styleOfRun(
      { text: 'x', bold: true, italic: true, struck: true, underline: 3, underlineInk: '#ff0000' },
      DARK_COLOURS,
    ),
  ).toEqual({
    color: DARK_COLOURS.foreground,
    fontWeight: 700,
    fontStyle: 'italic',
    textDecorationLine: 'underline line-through',
    textDecorationStyle: 'wavy',
    textDecorationColor: '#ff0000',
  })
})

test('inverse exchanges ink and ground', () => {
  expect(styleOfRun({ text: 'x', inverse: true }, DARK_COLOURS)).toEqual({
    color: DARK_COLOURS.background,
    backgroundColor: DARK_COLOURS.foreground,
  })
})

test('every colour can be read on every ground, in both themes', () => {
  const unread: string[] = []
  for (const colours of [DARK_COLOURS, LIGHT_COLOURS])
    for (let ink = 0; ink < 256; ink += 1)
      for (const ground of [undefined, 0, 1, 3, 7, 8, 15, 59, 102, 130, 244, '#777777']) {
        const style = styleOfRun({ text: 'x', ink, ...(ground === undefined ? {} : { ground }) }, colours)
        const back = style?.backgroundColor ?? colours.background
        const [dark = 0, light = 0] = [luminance(String(style?.color)), luminance(back)].sort((a, b) => a - b)
        if ((light + 0.05) / (dark + 0.05) < 4.5) unread.push(`${ink} on ${ground}`)
      }
  expect(unread).toEqual([])
})
