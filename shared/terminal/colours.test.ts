import { expect, test } from 'vitest'
import { colourReply, DARK_COLOURS, LIGHT_COLOURS, luminance } from './colours'
import { TermColours } from './wire'

const contrast = (a: string, b: string): number => {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

test.each([
  ['dark', DARK_COLOURS],
  ['light', LIGHT_COLOURS],
])('the %s colours can be read', (_, colours) => {
  expect(TermColours.parse(colours)).toEqual(colours)
  const readable = [
    colours.foreground,
    ...colours.ansi.filter((_, index) => index % 8 !== 0 && index % 8 !== 7),
  ]
  expect(readable.filter(colour => contrast(colour, colours.background) < 4.5)).toEqual([])
})

test.each([
  [10, '?', '\x1b]10;rgb:e9e9/ebeb/eeee\x1b\\'],
  [11, '?', '\x1b]11;rgb:1010/1212/1515\x1b\\'],
  [10, '?;?', '\x1b]10;rgb:e9e9/ebeb/eeee\x1b\\\x1b]11;rgb:1010/1212/1515\x1b\\'],
  [4, '1;?', '\x1b]4;1;rgb:efef/7d7d/6b6b\x1b\\'],
  [4, '1;?;15;?', '\x1b]4;1;rgb:efef/7d7d/6b6b\x1b\\\x1b]4;15;rgb:ffff/ffff/ffff\x1b\\'],
  [4, '200;?', ''],
  [11, '#ffffff', ''],
])('OSC %i ; %s is answered', (code, query, reply) => {
  expect(colourReply(code, query, DARK_COLOURS)).toBe(reply)
})
