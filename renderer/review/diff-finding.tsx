/** A finding where it belongs: one line in the diff that opens to its text. Severity by mark and word. */
import type { Severity } from '../../shared/review/finding'
import { Button } from '../ui/button'
import type { DiffFinding } from './diff-rows'

const MARKS: Readonly<Record<Severity, string>> = { blocker: '■', major: '◆', minor: '▫' }

export interface FindingsProps {
  readonly findings: readonly DiffFinding[]
  readonly open: ReadonlySet<string>
  readonly onToggle: (id: string) => void
  readonly onOpenFinding: ((id: string) => void) | null
  /** Where it is, when it does not stand at its line. */
  readonly withPlace?: boolean
}

export const FindingMarkers = ({ findings, open, onToggle, onOpenFinding, withPlace }: FindingsProps) => (
  <ul className="diff-findings">
    {findings.map(finding => (
      <li key={finding.id} data-finding={finding.id} className={`diff-finding ${finding.severity}`}>
        <button
          type="button"
          className="diff-finding-head"
          aria-expanded={open.has(finding.id)}
          onClick={() => onToggle(finding.id)}
        >
          <span className="diff-finding-mark" aria-hidden="true">
            {MARKS[finding.severity]}
          </span>
          <b>{finding.severity}</b>
          <span className="diff-finding-state">{finding.state}</span>
          {withPlace && finding.file && <code>{placeOf(finding)}</code>}
          {!open.has(finding.id) && <span className="diff-finding-start">{finding.text}</span>}
        </button>
        {open.has(finding.id) && (
          <div className="diff-finding-body">
            <p className="selectable">{finding.text}</p>
            {onOpenFinding && (
              <Button kind="key small" onPress={() => onOpenFinding(finding.id)}>
                Show in findings
              </Button>
            )}
          </div>
        )}
      </li>
    ))}
  </ul>
)

const placeOf = ({ file, line }: DiffFinding): string => (line > 0 ? `${file}:${line}` : file)
