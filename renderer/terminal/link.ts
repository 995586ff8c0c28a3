/** A link in a terminal was written by a program, so only the web's schemes are followed. */
export const safeLink = (uri: string): string | undefined => {
  const url = parse(uri)
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : undefined
}

/** `URL.canParse` is newer than the oldest Chromium that the app runs on. */
const parse = (uri: string): URL | undefined => {
  try {
    return new URL(uri)
  } catch {
    return undefined // no address at all
  }
}
