/** The longest common subsequence, and a diff of two texts by words made with it. Nothing is lost: the parts that are
 * not `added` join to the old text, those that are not `removed` to the new one. */

export interface TextPart {
  readonly type: 'same' | 'added' | 'removed'
  readonly text: string
}

/** Cells of the table; beyond it a text is shown as replaced (4 M: two texts of about 1,000 words each). */
const MAX_CELLS = 4_000_000

/** Indexes into `a` and `b` of one longest common subsequence. Ties keep the earlier element of `a`. */
export const commonPairs = (
  a: readonly string[],
  b: readonly string[],
): readonly (readonly [number, number])[] => {
  const width = b.length + 1
  if ((a.length + 1) * width > MAX_CELLS) return []
  const length = new Uint16Array((a.length + 1) * width)
  const at = (i: number, j: number): number => length[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      length[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const pairs: [number, number][] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return pairs
}

const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? []

/** Removed before added where both stand at one place; neighbours of one type are one part. */
export const diffWords = (before: string, after: string): readonly TextPart[] => {
  const a = wordsOf(before)
  const b = wordsOf(after)
  const parts: TextPart[] = []
  const push = (type: TextPart['type'], words: readonly string[]): void => {
    const text = words.join('')
    const last = parts.at(-1)
    if (text === '') return
    if (last?.type === type) parts[parts.length - 1] = { type, text: last.text + text }
    else parts.push({ type, text })
  }
  let i = 0
  let j = 0
  for (const [x, y] of [...commonPairs(a, b), [a.length, b.length] as const]) {
    push('removed', a.slice(i, x))
    push('added', b.slice(j, y))
    push('same', a.slice(x, x + 1))
    i = x + 1
    j = y + 1
  }
  return parts
}
