/** Short words at the bottom: what was done, or why something was not. Trouble stays until it is put away. */
import { useUi } from '../store/context'
import { Button } from './button'
import { AlertIcon, CloseIcon } from './icons'

export const Toasts = () => {
  const toasts = useUi(store => store.toasts)
  const drop = useUi(store => store.dropToast)
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map(({ id, tone, text }) => (
        <div key={id} className={`toast ${tone}`}>
          {tone === 'trouble' && <AlertIcon />}
          <p className="selectable">{text}</p>
          <Button kind="soft icon small" label="Put away" onPress={() => drop(id)}>
            <CloseIcon />
          </Button>
        </div>
      ))}
    </div>
  )
}
