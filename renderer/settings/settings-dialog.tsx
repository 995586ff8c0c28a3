/** The few things worth setting. Each takes effect at once; there is nothing to save. */

import type { Settings } from '../../shared/settings'
import { useSettings, useUi, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Segmented } from '../ui/segmented'
import { Warnings } from '../ui/warnings'
import { CannedSteers } from './canned-steers'

export const SettingsDialog = () => {
  const { settings: store, ui, api } = useWindow()
  const { settings, info } = useSettings(each => each)
  const show = useUi(each => each.show)
  const change = async (part: Partial<Settings>) => {
    const message = await store.getState().change(part)
    if (message) ui.getState().toast(message, 'trouble')
  }
  const showData = async () => {
    const reply = await api.request('path.show', { path: info.dataFolder })
    if (!reply.ok) ui.getState().toast(reply.message, 'trouble')
  }
  return (
    <Dialog label="Settings" onClose={() => show('none')}>
      <div className="dialog-body scrolls">
        <h2>Settings</h2>
        <div className="setting">
          <div>
            <b>Theme</b>
            <p className="note">System follows the desktop, and its contrast.</p>
          </div>
          <Segmented
            label="Theme"
            value={settings.theme}
            onChange={theme => void change({ theme })}
            choices={[
              { value: 'system', label: 'System' },
              { value: 'dark', label: 'Dark' },
              { value: 'light', label: 'Light' },
            ]}
          />
        </div>
        <label className="setting">
          <div>
            <b>Notifications</b>
            <p className="note">
              When an agent asks, a pair is held or ends. Not for the pair you look at: the one shown here
              while this window has the focus. Several at once become one. They never take the focus.
            </p>
          </div>
          <input
            type="checkbox"
            className="switch"
            role="switch"
            aria-checked={settings.notifications}
            aria-label="Notifications"
            checked={settings.notifications}
            onChange={event => void change({ notifications: event.target.checked })}
          />
        </label>
        <label className="setting">
          <div>
            <b>Sound</b>
            <p className="note">A short one for the same reasons, with or without notifications.</p>
          </div>
          <input
            type="checkbox"
            className="switch"
            role="switch"
            aria-checked={settings.sound}
            aria-label="Sound"
            checked={settings.sound}
            onChange={event => void change({ sound: event.target.checked })}
          />
        </label>
        <label className="setting">
          <div>
            <b>Seems stuck after</b>
            <p className="note">Minutes without any sign of a working agent. It is said, never ended.</p>
          </div>
          <input
            type="number"
            className="field"
            min={1}
            max={1440}
            aria-label="Minutes until an agent seems stuck"
            value={settings.quietMinutes}
            onChange={event => {
              const minutes = Math.round(event.target.valueAsNumber)
              if (minutes >= 1 && minutes <= 1440) void change({ quietMinutes: minutes })
            }}
          />
        </label>
        <CannedSteers steers={settings.steers} onChange={steers => void change({ steers })} />
        <div className="setting">
          <div className="grow">
            <b>Where pairs are kept</b>
            <p className="note mono selectable setting-path">{info.dataFolder}</p>
          </div>
          <Button kind="key" onPress={() => void showData()}>
            Show
          </Button>
        </div>
        <Warnings />
        <div className="dialog-acts">
          <span className="note">Duologue {info.version}</span>
          <span className="grow" />
          <Button kind="go" autoFocus onPress={() => show('none')}>
            Done
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
