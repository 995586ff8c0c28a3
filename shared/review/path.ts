/** Agents write one path in many ways; they are compared in one: forward slashes, no `./`, no diff prefix. */

/** `.\src\a.ts`, `./src/a.ts`, `a/src/a.ts` (as diffs write it) and `/src/a.ts` all become `src/a.ts`. */
export const normalPath = (path: string): string => {
  const parts = path
    .trim()
    .replaceAll('\\', '/')
    .split('/')
    .filter(part => part !== '' && part !== '.')
  const known: string[] = []
  for (const part of parts) {
    if (part === '..' && known.length > 0) known.pop()
    else known.push(part)
  }
  const [first, ...rest] = known
  return (first === 'a' || first === 'b') && rest.length > 0 ? rest.join('/') : known.join('/')
}

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
/** With its final slash; empty for a file at the root. */
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)
/** `retry` of `src/retry.ts` and of `retry.d.ts`; a leading dot belongs to the name. */
export const stemOf = (path: string): string => {
  const name = baseName(path)
  const dot = name.indexOf('.', 1)
  return dot < 0 ? name : name.slice(0, dot)
}
