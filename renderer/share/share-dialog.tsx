/** What leaves the app is looked at first: the form, what will be replaced, and what cannot be told. */
import type { SecretHit, SecretPlace } from '../../shared/ipc'
import { plural } from '../../shared/score/format'
import { useOpenPair, useUi } from '../store/context'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Segmented } from '../ui/segmented'
import { bytesOf, sizeWords } from './choice'
import { type Share, type ShareFormat, useShare } from './use-share'

const FORMATS: readonly { readonly value: ShareFormat; readonly label: string }[] = [
  { value: 'html', label: 'Page (HTML)' },
  { value: 'markdown', label: 'Markdown' },
  { value: 'jsonl', label: 'Journal (JSONL)' },
  { value: 'cast', label: 'Recordings' },
]

const ABOUT: Readonly<Record<ShareFormat, { readonly file: string; readonly words: string }>> = {
  html: {
    file: 'transcript.html',
    words: 'One file for people who were not there. It loads nothing from anywhere.',
  },
  markdown: { file: 'transcript.md', words: 'For a repository or an issue on GitHub.' },
  jsonl: { file: 'journal.jsonl', words: 'Every event, for programs.' },
  cast: {
    file: 'driver.cast, navigator.cast',
    words:
      'The bytes of both terminals, for any asciicast player. A secret that was drawn in pieces is not found in them: play them before you share them.',
  },
}

export const ShareDialog = () => {
  const show = useUi(store => store.show)
  const share = useShare()
  return (
    <Dialog label="Export this pair" className="share" onClose={() => show('none')}>
      <div className="dialog-body scrolls" aria-busy={share.preview === null || share.writing}>
        <h2>Export this pair</h2>
        <Segmented label="Format" value={share.format} choices={FORMATS} onChange={share.setFormat} />
        <About share={share} />
        {share.format === 'html' && <Terminals share={share} />}
        <Secrets share={share} />
        <label className="labelled">
          <span>Replace these words too, one on each line</span>
          <textarea
            className="field share-words"
            value={share.words}
            rows={3}
            maxLength={20_000}
            spellCheck={false}
            placeholder="A customer, a project, a host…"
            onChange={event => share.setWords(event.target.value)}
          />
        </label>
        {share.trouble && (
          <p className="note bad selectable" role="alert">
            {share.trouble}
          </p>
        )}
        <Acts share={share} onClose={() => show('none')} />
      </div>
    </Dialog>
  )
}

const About = ({ share: { format, preview, terminals } }: { share: Share }) => {
  const { pair } = useOpenPair()
  const { file, words } = ABOUT[format]
  return (
    <p className="share-about">
      <span>{words}</span>
      <span className="note">
        In a folder that you choose: <span className="mono selectable">{`duologue-${pair}/${file}`}</span>
        {preview && `, about ${sizeWords(bytesOf(preview, format, terminals))}`}
      </span>
    </p>
  )
}

const Terminals = ({ share: { preview, terminals, setTerminals } }: { share: Share }) => {
  if (preview && !preview.recorded) return <p className="note">Nothing was recorded of the terminals.</p>
  const seen = preview?.hits.filter(({ places }) => places.includes('screen')).length ?? 0
  return (
    <label className="setting">
      <div>
        <b>Both terminals, to be played from any handoff</b>
        <p className="note">
          {seen > 0 &&
            `${plural(seen, 'secret was', 'secrets were')} on their screens, so they are left out unless you want them. `}
          What is replaced below is blotted out on each screen. A secret that a program broke into lines
          itself, or that stood there letter by letter while it was typed, is not found.
        </p>
      </div>
      <input
        type="checkbox"
        className="switch"
        role="switch"
        aria-checked={terminals}
        aria-label="Both terminals"
        checked={terminals}
        disabled={preview === null}
        onChange={event => setTerminals(event.target.checked)}
      />
    </label>
  )
}

const Secrets = ({ share }: { share: Share }) => {
  const { preview } = share
  return (
    <section className="labelled" aria-label="What looks like a secret">
      <span className="label" role="status">
        {statusOf(share)}
      </span>
      {preview && preview.hits.length > 0 && (
        <ul className="share-hits scrolls">
          {preview.hits.map(hit => (
            <Hit key={hit.found.value} hit={hit} share={share} />
          ))}
        </ul>
      )}
      {preview && preview.more > 0 && (
        <p className="note">
          {plural(preview.more, 'more place')} that cannot be listed here will be replaced.
        </p>
      )}
    </section>
  )
}

const statusOf = ({ preview, trouble, kept }: Share): string => {
  if (!preview)
    return trouble ? 'It was not looked through.' : 'Looking for secrets in texts, diffs and screens…'
  if (preview.hits.length === 0) return 'Nothing looks like a secret. Not every secret can be told.'
  const replaced = preview.hits.length - kept.size
  return `${replaced} of ${preview.hits.length} that look like secrets will be replaced. Not every secret can be told.`
}

const PLACES: Readonly<Record<SecretPlace, string>> = { text: 'texts', diff: 'diffs', screen: 'screens' }
const SHOWN_CHARS = 80

const Hit = ({ hit, share }: { hit: SecretHit; share: Share }) => {
  const { found, count, places, before, after } = hit
  const value = found.value.length > SHOWN_CHARS ? `${found.value.slice(0, SHOWN_CHARS)}…` : found.value
  const replaced = !share.kept.has(found.value)
  return (
    <li>
      <label>
        <input type="checkbox" checked={replaced} onChange={() => share.toggle(found.value)} />
        <span className="share-hit">
          <span className="share-hit-head">
            <b>{found.kind}</b>
            <span className="note">
              {plural(count, 'time')}, in {places.map(place => PLACES[place]).join(', ')}
            </span>
            <span className="share-fate">{replaced ? 'replaced' : 'kept'}</span>
          </span>
          <span className="mono share-context">
            {before}
            <mark>{value}</mark>
            {after}
          </span>
        </span>
      </label>
    </li>
  )
}

const Acts = ({ share, onClose }: { share: Share; onClose: () => void }) => {
  const why = share.writing
    ? 'It is being written.'
    : share.preview === null
      ? 'It is being looked through for secrets.'
      : null
  return (
    <div className="dialog-acts">
      <Button kind="key" autoFocus onPress={onClose}>
        Cancel
      </Button>
      <Button kind="go" why={why} onPress={() => void share.write()}>
        {share.writing ? 'Writing…' : 'Choose a folder and export…'}
      </Button>
    </div>
  )
}
