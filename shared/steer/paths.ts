/** Paths in the composer: which files fit what was typed after an `@`, and how a path is written into the text. */

/** The `@…` that ends at the caret: where the `@` stands, and what was typed after it. Null: none. */
export const mentionAt = (
  text: string,
  caret: number,
): { readonly at: number; readonly query: string } | null => {
  const before = text.slice(0, caret)
  // An address such as a@b.c is none: the `@` begins a word. A quoted path may hold spaces.
  const found = /(?:^|[\s([{])@(?:"([^"\n]*)|([^\s"]*))$/.exec(before)
  if (!found) return null
  const at = before.lastIndexOf(
    '@',
    caret - (found[1]?.length ?? found[2]?.length ?? 0) - (found[1] === undefined ? 1 : 2),
  )
  return { at, query: found[1] ?? found[2] ?? '' }
}

/** As both agents and people read it; in quotes when it would not end where it ends. */
export const mentionOf = (path: string): string =>
  /[\s"]/.test(path) ? `@"${path.replaceAll('"', '')}"` : `@${path}`

/** A path of the workspace relative to it, any other as it is. `folder` and `path` are absolute. */
export const pathFrom = (folder: string, path: string): string => {
  const [home, given] = [folder, path].map(each => each.replaceAll('\\', '/')) as [string, string]
  const top = home.endsWith('/') ? home : `${home}/`
  return given.startsWith(top) && given.length > top.length ? given.slice(top.length) : path
}

/**
 * How well a path fits, higher is better; null: not at all. All characters must come in their order. A piece of the
 * name counts more than one of the folders, a beginning more than a middle, and a short path more than a long one.
 */
const fitOf = (path: string, query: string): number | null => {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const short = 1 / (1 + path.length)
  if (query === '') return short - depthOf(path)
  if (name === query) return 6 + short
  if (name.startsWith(query)) return 5 + short
  if (path.startsWith(query)) return 4 + short
  if (name.includes(query)) return 3 + short
  if (path.includes(query)) return 2 + short
  return inOrder(name, query) ? 1 + short : inOrder(path, query) ? short : null
}

const depthOf = (path: string): number => path.split('/').length

const inOrder = (text: string, query: string): boolean => {
  let at = 0
  for (const char of query) {
    const found = text.indexOf(char, at)
    if (found < 0) return false
    at = found + 1
  }
  return true
}

/** The `most` paths that fit best, the best first; capitals do not matter. */
export const fitting = (paths: readonly string[], query: string, most: number): readonly string[] => {
  const wanted = query.toLowerCase()
  return paths
    .flatMap(path => {
      const fit = fitOf(path.toLowerCase(), wanted)
      return fit === null ? [] : [{ path, fit }]
    })
    .sort((a, b) => b.fit - a.fit || (a.path < b.path ? -1 : 1))
    .slice(0, most)
    .map(({ path }) => path)
}
