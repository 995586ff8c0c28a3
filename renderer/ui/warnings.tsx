/** Warnings about the app itself, quiet and one line each, until they are put away. */
import { useSettings, useUi } from '../store/context'
import { Button } from './button'
import { AlertIcon, CloseIcon } from './icons'

export const Warnings = () => {
  const warnings = useSettings(({ info }) => info.warnings)
  const dismissed = useUi(store => store.dismissedWarnings)
  const dismiss = useUi(store => store.dismissWarning)
  const shown = warnings.filter(text => !dismissed.includes(text))
  if (shown.length === 0) return null
  return (
    <aside className="warnings" aria-label="About this app">
      {shown.map(text => (
        <div key={text} className="warning">
          <AlertIcon size={12} />
          <span className="selectable">{text}</span>
          <Button kind="soft icon small" label="Dismiss this warning" onPress={() => dismiss(text)}>
            <CloseIcon />
          </Button>
        </div>
      ))}
    </aside>
  )
}
