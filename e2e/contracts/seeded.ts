/** A change with seven bugs, and what two reviewers make of it: three are seen by both, in words of their own. */

export const POOL = `/** At most \`size\` uploads at a time; resolves to their ids. */
export const uploadAll = async (client, files, size) => {
  const ids = []
  const waiting = files
  const worker = async () => {
    while (waiting.length > 0) {
      const file = waiting.pop()
      try {
        ids.push(await client.put(file))
      } catch {}
    }
  }
  const workers = []
  for (let i = 0; i <= size; i++) workers.push(worker())
  await Promise.all(workers)
  return ids
}
`

export const LINK = `/** The address under which a stored file is found. */
export const linkTo = (host, id) => 'http://' + host + '/files/' + id

/** True while a link is still good. */
export const isFresh = link => link.expires < Date.now() / 1000
`

const finding = (severity: 'blocker' | 'major' | 'minor', file: string, line: number, text: string) => ({
  severity,
  file,
  line,
  text,
  inScope: true,
})

export const BY_NAVIGATOR = [
  finding(
    'major',
    'src/pool.js',
    14,
    'Off by one: the loop runs to i <= size and starts one worker more than size allows.',
  ),
  finding(
    'blocker',
    'src/pool.js',
    10,
    'The empty catch swallows errors of client.put: a failed upload is lost and nobody is told.',
  ),
  finding(
    'major',
    'src/link.js',
    5,
    'isFresh compares the wrong way round: link.expires < now is true for links that have expired.',
  ),
  finding(
    'minor',
    'src/pool.js',
    9,
    'The ids come back in the order in which uploads finish, not in the order of the files.',
  ),
  finding(
    'minor',
    'src/link.js',
    2,
    'The id is not escaped: encodeURIComponent is needed for ids with a slash.',
  ),
] as const

export const BY_DRIVER = [
  finding(
    'major',
    'src/pool.js',
    10,
    'Errors from client.put are swallowed by an empty catch block, so failed uploads disappear silently.',
  ),
  finding('minor', 'src/pool.js', 14, 'The loop condition i <= size is off by one; size + 1 workers run.'),
  finding(
    'major',
    'src/pool.js',
    4,
    'waiting is the caller’s own array: popping from it empties the list that was passed in.',
  ),
  finding(
    'blocker',
    'src/link.js',
    5,
    'The comparison in isFresh is inverted: expired links count as fresh, because expires < now.',
  ),
  finding(
    'major',
    'src/link.js',
    2,
    'Plain http exposes private files on the way; the address must use https.',
  ),
] as const
