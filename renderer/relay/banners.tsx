/** What the human must know about the record itself: unreadable lines, a disk that does not take more. */
import { useOpenPair } from '../store/context'
import { AlertIcon } from '../ui/icons'

export const Banners = () => {
  const { damage, storageTrouble } = useOpenPair()
  return (
    <div className="banners">
      {storageTrouble && (
        <div className="banner trouble" role="alert">
          <AlertIcon />
          <p className="selectable">
            <b>The journal cannot be written; the pair is paused.</b> {storageTrouble}
          </p>
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
