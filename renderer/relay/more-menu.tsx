/** What is needed seldom: exports, closing, settings. A menu button after the ARIA pattern, with arrows and Escape. */
import { useRef, useState } from 'react'
import { type CommandId, strokeLabel, strokeOf } from '../../shared/keymap'
import { useSettings, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { MoreIcon } from '../ui/icons'
import { Menu } from '../ui/menu'

const ENTRIES: readonly (CommandId | 'rule')[] = [
  'pair.runProof',
  'pair.stopProof',
  'pair.doubleReview',
  'pair.writePlan',
  'pair.pullRequest',
  'rule',
  'replay.toggle',
  'rule',
  'export.transcript',
  'export.followUps',
  'rule',
  'pair.close',
  'app.newPair',
  'rule',
  'app.palette',
  'app.settings',
]

export const MoreMenu = () => {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  return (
    <div className="more">
      <Button kind="soft icon" label="More" ref={button} expanded={open} onPress={() => setOpen(!open)}>
        <MoreIcon />
      </Button>
      {open && <Entries onClose={close} onLeave={() => setOpen(false)} />}
    </div>
  )
}

const Entries = ({ onClose, onLeave }: { onClose: () => void; onLeave: () => void }) => {
  const { commands } = useWindow()
  const platform = useSettings(({ info }) => info.platform)
  return (
    <Menu label="More" className="more-menu" onClose={onClose} onLeave={onLeave}>
      {ENTRIES.map((id, index) => {
        if (id === 'rule')
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
          return <hr key={index} />
        const why = commands.why(id)
        const stroke = strokeOf(id)
        return (
          <button
            key={id}
            type="button"
            role="menuitem"
            className="button"
            aria-disabled={why ? true : undefined}
            title={why ?? undefined}
            onClick={() => {
              if (why) return
              onClose()
              commands.run(id)
            }}
          >
            <span className="grow menu-word">{commands.label(id)}</span>
            {stroke && <span className="hint">{strokeLabel(stroke, platform)}</span>}
          </button>
        )
      })}
    </Menu>
  )
}
