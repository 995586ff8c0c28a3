/** Warnings about the app itself: said on the first screen and in the settings, where they cover nothing. */
import { useSettings } from '../store/context'
import { AlertIcon } from './icons'

export const Warnings = () => {
  const warnings = useSettings(({ info }) => info.warnings)
  if (warnings.length === 0) return null
  return (
    <section className="warnings" aria-label="About this app">
      {warnings.map(text => (
        <p key={text} className="warning selectable">
          <AlertIcon size={12} />
          <span>{text}</span>
        </p>
      ))}
    </section>
  )
}
