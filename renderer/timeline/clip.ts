/** Text is cut to the lines that its face has room for; see `faces.ts`. */
import type { CSSProperties } from 'react'

export const clip = (lines: number): CSSProperties => ({
  display: '-webkit-box',
  overflow: 'hidden',
  WebkitBoxOrient: 'vertical',
  WebkitLineClamp: Math.max(1, lines),
  overflowWrap: 'anywhere',
})
