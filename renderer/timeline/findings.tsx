/** The points of a review: what the driver is given, and what waits for later. Severity by mark and word. */
import type { JudgedFinding, SeenBy, Severity } from '../../shared/review/finding'

const MARKS: Readonly<Record<Severity, string>> = { blocker: '■', major: '◆', minor: '▫' }

const SEEN: Readonly<Record<SeenBy, string>> = {
  both: 'seen by both',
  driver: 'only by the driver',
  navigator: 'only by the navigator',
}

export const Findings = ({ findings }: { findings: readonly JudgedFinding[] }) => {
  const inScope = findings.filter(finding => finding.inScope)
  const later = findings.filter(finding => !finding.inScope)
  return (
    <>
      <List title="In scope" findings={inScope} />
      <List title="Follow-ups, kept for you" findings={later} />
    </>
  )
}

const List = ({ title, findings }: { title: string; findings: readonly JudgedFinding[] }) =>
  findings.length === 0 ? null : (
    <section className="findings">
      <h3 className="label">{title}</h3>
      <ul>
        {findings.map(({ id, severity, file, line, text, seenBy, repeats, silenced }) => (
          <li key={id} className={`finding ${severity}`}>
            <span className="finding-mark" aria-hidden="true">
              {MARKS[severity]}
            </span>
            <div className="selectable">
              <span className="finding-head">
                {severity}
                {id && <span className="finding-id">{id}</span>}
                {seenBy && <span className="finding-seen">{SEEN[seenBy]}</span>}
                {file && (
                  <code>
                    {file}
                    {line > 0 ? `:${line}` : ''}
                  </code>
                )}
              </span>
              <p>{text}</p>
              {repeats && (
                <p className="note">
                  Says {repeats} again{silenced ? '; you have ruled on that, so it is not raised' : ''}.
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
