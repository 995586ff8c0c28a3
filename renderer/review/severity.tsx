/** How bad it is, told by shape and word; colour only repeats it. */
import type { Severity } from '../../shared/review/finding'

const MARKS: Readonly<Record<Severity, string>> = { blocker: '■', major: '◆', minor: '▫' }

export const SeverityMark = ({ of }: { of: Severity }) => (
  <span className={`severity ${of}`}>
    <span aria-hidden="true">{MARKS[of]}</span>
    {of}
  </span>
)
