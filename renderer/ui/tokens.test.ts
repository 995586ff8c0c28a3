import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { STYLE } from '../../shared/transcript/html-style'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

const tokensOf = (theme: string): Readonly<Record<string, string>> => {
  const block = css.slice(css.indexOf(`[data-theme="${theme}"] {`)).split('}')[0] ?? ''
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  )
}

/** Relative luminance after WCAG 2.2. */
const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map(at => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const contrast = (a: string, b: string): number => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

const TEXT = ['ink', 'ink-2', 'ink-3', 'driver', 'navigator', 'pass', 'changes', 'unclear', 'error']
const SURFACES = ['bg', 'surface', 'raised', 'term', 'field']
const OWN: readonly (readonly [string, string])[] = [
  ['driver-ink', 'driver-bg'],
  ['navigator-ink', 'navigator-bg'],
  ['pass', 'pass-bg'],
  ['changes', 'changes-bg'],
  ['unclear', 'unclear-bg'],
  ['error', 'error-bg'],
  ['ink-3', 'hover'],
]

describe.each(['dark', 'light'])('the %s theme', theme => {
  const tokens = tokensOf(theme)
  const ratio = ([text, surface]: readonly [string, string]): number =>
    contrast(tokens[text] ?? '', tokens[surface] ?? '')

  it('keeps text at 4.5 : 1 on every surface', () => {
    const pairs = [...TEXT.flatMap(text => SURFACES.map(surface => [text, surface] as const)), ...OWN]
    const weak = pairs
      .filter(pair => !(ratio(pair) >= 4.5))
      .map(pair => `${pair.join(' on ')}: ${ratio(pair).toFixed(2)}`)
    expect(weak).toEqual([])
  })

  it('is the one that an exported page has', () => {
    const [own = ''] = [...STYLE.matchAll(/{([^{}]*color-scheme:(dark|light))/g)].flatMap(
      ([, block, scheme]) => (scheme === theme ? [block] : []),
    )
    const colours = [...own.matchAll(/--([\w-]+):(#\w+)/g)].map(([, name = '', value]) => [name, value])
    expect(colours.length).toBeGreaterThan(15)
    expect(colours).toEqual(colours.map(([name = '']) => [name, tokens[name]]))
  })

  it('keeps the edge of a control at 3 : 1', () => {
    const weak = SURFACES.filter(surface => !(ratio(['edge', surface]) >= 3))
    expect(weak).toEqual([])
  })
})
