/** Exact text, whole; a unified diff gets its two colours, with its own + and − as the mark beside them. */
import { ScrollBox } from './scroll-box'

const looksLikeDiff = (text: string): boolean => /^@@ |^diff --git |^--- .*\n\+\+\+ /m.test(text)

const toneOf = (line: string): string => {
  if (/^(\+\+\+|---|diff |index |@@)/.test(line)) return 'diff-head'
  if (line.startsWith('+')) return 'diff-add'
  if (line.startsWith('-')) return 'diff-cut'
  return ''
}

export const DiffOrText = ({ text }: { text: string }) => (
  <ScrollBox className="exact mono selectable">
    {looksLikeDiff(text)
      ? text.split('\n').map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a fixed text
          <span key={index} className={toneOf(line)}>
            {line}
            {'\n'}
          </span>
        ))
      : text}
  </ScrollBox>
)
