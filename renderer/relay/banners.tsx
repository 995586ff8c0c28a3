/** What the human must know about the record itself: unreadable lines, a disk that does not take more. */
import { useOpenPair, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { AlertIcon } from '../ui/icons'

export const Banners = () => {
  const { damage, storageTrouble } = useOpenPair()
  const { commands } = useWindow()
  return (
    <div className="banners">
      {storageTrouble && (
        <div className="banner trouble" role="alert">
          <AlertIcon />
          <p className="selectable">
            <b>The journal cannot be written; the pair is paused.</b> {storageTrouble}
          </p>
          {/* Not the control bar's Resume: the pair's own state knows nothing of this pause, it could not be written. */}
          <Button kind="key small" onPress={() => void commands.send({ type: 'resume' })}>
            Resume
          </Button>
        </div>
      )}
      {damage.length > 0 && (
        <details className="banner">
          <summary>
            <AlertIcon />
            Parts of this pair’s journal could not be read; the rest is shown.
          </summary>
          <ul className="selectable">
            {damage.map(text => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
