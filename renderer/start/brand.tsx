/** The name of the house, and the way to its settings. */
import { useWindow } from '../store/context'
import { Button } from '../ui/button'
import { GearIcon, Logo } from '../ui/icons'

export const Brand = () => {
  const { commands } = useWindow()
  return (
    <header className="brand">
      <Logo />
      <span>Duologue</span>
      <span className="grow" />
      <Button kind="soft icon" label="Settings" onPress={() => commands.run('app.settings')}>
        <GearIcon />
      </Button>
    </header>
  )
}
