/** Puts the chosen theme on the root element; `system` follows the desktop as it changes. */
import { useEffect } from 'react'
import { useSettings } from '../store/context'

export const useTheme = (): void => {
  const theme = useSettings(({ settings }) => settings.theme)
  useEffect(() => {
    const light = window.matchMedia('(prefers-color-scheme: light)')
    const apply = () => {
      document.documentElement.dataset.theme = theme === 'system' ? (light.matches ? 'light' : 'dark') : theme
    }
    apply()
    light.addEventListener('change', apply)
    return () => light.removeEventListener('change', apply)
  }, [theme])
}
