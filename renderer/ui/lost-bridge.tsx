/** The window without its preload: nothing can work, so it says so instead of looking dead. */
import { AlertIcon } from './icons'

export const LostBridge = () => (
  <main className="blank">
    <AlertIcon />
    <h1>This window lost its connection to Duologue</h1>
    <p className="blank-why">
      Your pairs go on in the background and nothing is lost. Close the window and open it again.
    </p>
  </main>
)
