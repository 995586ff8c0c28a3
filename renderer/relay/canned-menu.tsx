/** What is said often, one choice away. It is put into the text, where it can be changed; nothing is sent by choosing. */
import { useRef, useState } from 'react'
import { labelOf } from '../../shared/keymap'
import { useSettings, useWindow } from '../store/context'
import { useFocusWish } from '../store/use-focus-wish'
import { Button } from '../ui/button'
import { QuoteIcon } from '../ui/icons'
import { Menu } from '../ui/menu'

export const CannedMenu = ({ onChoose }: { onChoose: (text: string) => void }) => {
  const { commands } = useWindow()
  const steers = useSettings(({ settings }) => settings.steers)
  const platform = useSettings(({ info }) => info.platform)
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  useFocusWish('canned', () => setOpen(true))
  const alt = platform === 'darwin' ? '⌥' : 'Alt+'
  return (
    <div className="canned">
      <Button
        kind="soft icon"
        label={labelOf('pair.cannedSteer')}
        why={commands.why('pair.cannedSteer')}
        ref={button}
        expanded={open}
        onPress={() => setOpen(!open)}
      >
        <QuoteIcon />
      </Button>
      {open && (
        <Menu
          label="Canned steers"
          className="canned-menu"
          onClose={() => {
            setOpen(false)
            button.current?.focus()
          }}
          onLeave={() => setOpen(false)}
        >
          {steers.map((text, index) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: two may be the same, and none has a state
              key={index}
              type="button"
              role="menuitem"
              className="button"
              onClick={() => {
                setOpen(false)
                onChoose(text)
              }}
            >
              <span className="grow canned-text">{text}</span>
              {index < 9 && (
                <span className="hint">
                  {alt}
                  {index + 1}
                </span>
              )}
            </button>
          ))}
          <hr />
          <button
            type="button"
            role="menuitem"
            className="button"
            onClick={() => {
              setOpen(false)
              commands.run('app.settings')
            }}
          >
            <span className="grow menu-word">Change these…</span>
          </button>
        </Menu>
      )}
    </div>
  )
}
