/** A link in a terminal was written by a program, so only the web's schemes are followed. */
export const safeLink = (uri: string): string | undefined => {
  if (!URL.canParse(uri)) return undefined
  const url = new URL(uri)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined
}
