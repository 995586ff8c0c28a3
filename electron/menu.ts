/** The application menu, made from the same table as keys, buttons and palette. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import { type CommandId, commandGroups, commands, type Stroke } from '../shared/keymap'

const accelerator = ({ key, shift }: Stroke): string =>
  `CommandOrControl+${shift ? 'Shift+' : ''}${key.toUpperCase()}`

/** Accelerators are shown, not registered: the window handles its keys itself, in one place, terminals included. */
export const buildMenu = (choose: (command: CommandId) => void): Menu => {
  const groups: MenuItemConstructorOptions[] = commandGroups.map(group => ({
    label: group,
    submenu: commands
      .filter(command => command.group === group)
      .map(({ id, label, stroke }) => ({
        label,
        ...(stroke === null ? {} : { accelerator: accelerator(stroke), registerAccelerator: false }),
        click: () => choose(id),
      })),
  }))
  const system: MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : []
  return Menu.buildFromTemplate([
    ...system,
    { role: 'editMenu' },
    ...groups,
    { role: 'windowMenu' },
    { label: 'Help', submenu: [{ label: `Duologue ${app.getVersion()}`, enabled: false }] },
  ])
}
