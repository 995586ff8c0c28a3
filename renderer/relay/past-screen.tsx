/** A seat's last screen, as past: in its colours, on the terminal's ground, its plain text dimmed. */
import { useEffect, useRef, useState } from 'react'
import type { Replies } from '../../shared/ipc'
import { plainText } from '../../shared/terminal/painted'
import type { TermColours } from '../../shared/terminal/wire'
import { styleOfRun } from '../terminal/paint'
import { coloursAt, watchTheme } from '../terminal/theme'
import { ScrollBox } from '../ui/scroll-box'

type Past = NonNullable<Replies['terminal.past']>

export const PastScreen = ({ past, label }: { past: Past; label: string }) => {
  const screen = useRef<HTMLPreElement>(null)
  const [colours, setColours] = useState<TermColours | null>(null)
  useEffect(() => {
    const read = () => {
      if (screen.current) setColours(dimmed(screen.current))
    }
    read()
    return watchTheme(read)
  }, [])
  return (
    <ScrollBox className="past" aria-label={label}>
      <p className="past-when">Last screen, {new Date(past.at).toLocaleString()}</p>
      <pre className="past-screen selectable" ref={screen}>
        {colours ? painted(past, colours) : plainText(past.lines)}
      </pre>
    </ScrollBox>
  )
}

/** The terminal's colours, with the ink that the element has. */
const dimmed = (element: Element): TermColours => {
  const colours = coloursAt(element)
  const ink = getComputedStyle(element).getPropertyValue('--ink-3').trim()
  return { ...colours, foreground: /^#[0-9a-f]{6}$/i.test(ink) ? ink : colours.foreground }
}

const painted = ({ lines }: Past, colours: TermColours) =>
  lines.map((runs, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a past screen does not change
    <div key={row}>
      {runs.length === 0
        ? '\n'
        : runs.map((run, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a past screen does not change
            <span key={at} style={styleOfRun(run, colours)}>
              {run.text}
            </span>
          ))}
    </div>
  ))
