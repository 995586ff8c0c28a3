/** The canned steers, to be changed, added and removed. Empty ones are not kept. */
import { useState } from 'react'
import { Button } from '../ui/button'
import { GrowArea } from '../ui/grow-area'
import { CloseIcon } from '../ui/icons'

/** As many as the settings take. */
const MOST = 50

interface Props {
  readonly steers: readonly string[]
  readonly onChange: (steers: string[]) => void
}

export const CannedSteers = ({ steers, onChange }: Props) => {
  const [rows, setRows] = useState(() => steers.map((text, id) => ({ id, text })))
  const change = (next: typeof rows) => {
    setRows(next)
    onChange(next.map(({ text }) => text).filter(text => text.trim() !== ''))
  }
  const add = () => setRows([...rows, { id: Math.max(-1, ...rows.map(({ id }) => id)) + 1, text: '' }])
  return (
    <fieldset className="setting-list">
      <legend>
        <b>Canned steers</b>
        <span className="note">
          Put into the composer by its menu, or by Alt and a digit. Never sent by that.
        </span>
      </legend>
      {rows.map(({ id, text }, index) => (
        <div key={id} className="setting-row">
          <GrowArea
            label={`Canned steer ${index + 1}`}
            value={text}
            placeholder="What you say often…"
            onChange={words => change(rows.map(row => (row.id === id ? { id, text: words } : row)))}
          />
          <Button
            kind="soft icon"
            label={`Remove canned steer ${index + 1}`}
            onPress={() => change(rows.filter(row => row.id !== id))}
          >
            <CloseIcon />
          </Button>
        </div>
      ))}
      <div>
        <Button
          kind="key small"
          why={rows.length >= MOST ? 'There are as many as can be kept.' : null}
          onPress={add}
        >
          Add
        </Button>
      </div>
    </fieldset>
  )
}
