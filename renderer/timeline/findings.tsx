/** The points of a review: what the driver is given, and what waits for later. Severity by mark and word. */
import type { Finding, Severity } from '../../shared/review/finding'

const MARKS: Readonly<Record<Severity, string>> = { blocker: '■', major: '◆', minor: '▫' }

export const Findings = ({ findings }: { findings: readonly Finding[] }) => {
  const inScope = findings.filter(finding => finding.inScope)
  const later = findings.filter(finding => !finding.inScope)
  return (
    <>
      <List title="In scope" findings={inScope} />
      <List title="Follow-ups, kept for you" findings={later} />
    </>
  )
}

const List = ({ title, findings }: { title: string; findings: readonly Finding[] }) =>
  findings.length === 0 ? null : (
    <section className="findings">
      <h3 className="label">{title}</h3>
      <ul>
        {findings.map(({ id, severity, file, line, text }) => (
          <li key={id} className={`finding ${severity}`}>
            <span className="finding-mark" aria-hidden="true">
              {MARKS[severity]}
            </span>
            <div className="selectable">
              <span className="finding-head">
                {severity}
                {file && (
                  <code>
                    {file}
                    {line > 0 ? `:${line}` : ''}
                  </code>
                )}
              </span>
              <p>{text}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
