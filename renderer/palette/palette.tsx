/** Every command in one list. What does not apply now stays in it, with its reason: that is how one learns. */
import { Command } from 'cmdk'
import { commandGroups, strokeLabel, strokeOf, commands as table } from '../../shared/keymap'
import { useSettings, useUi, useWindow } from '../store/context'
import { Dialog } from '../ui/dialog'

export const Palette = () => {
  const { commands } = useWindow()
  const show = useUi(store => store.show)
  const platform = useSettings(({ info }) => info.platform)
  return (
    <Dialog label="All commands" className="palette" onClose={() => show('none')}>
      <Command label="All commands" loop>
        <Command.Input className="palette-field" placeholder="What do you want to do?" autoFocus />
        <Command.List className="palette-list scrolls">
          <Command.Empty className="palette-none">Nothing by that name.</Command.Empty>
          {commandGroups.map(group => (
            <Command.Group key={group} heading={group}>
              {table
                .filter(spec => spec.group === group && spec.id !== 'app.palette')
                .map(({ id, label }) => {
                  const why = commands.why(id)
                  const stroke = strokeOf(id)
                  const now = commands.label(id)
                  return (
                    <Command.Item
                      key={id}
                      value={[...new Set([now, label, group])].join(' ')}
                      className={`palette-item ${why ? 'off' : ''}`}
                      onSelect={() => {
                        if (why) return
                        show('none')
                        commands.run(id)
                      }}
                    >
                      <span>{now}</span>
                      {why && <span className="palette-why">{why}</span>}
                      <span className="grow" />
                      {stroke && <span className="hint">{strokeLabel(stroke, platform)}</span>}
                    </Command.Item>
                  )
                })}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  )
}
