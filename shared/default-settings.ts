/** What the settings are before any were made. Apart from their schema, which the window does not need. */
import type { Settings } from './settings'
import { CANNED_STEERS } from './steer/canned'

export const defaultSettings: Settings = {
  theme: 'system',
  layout: [36, 36, 28],
  pairsWide: true,
  notifications: true,
  sound: false,
  steers: CANNED_STEERS,
  quietMinutes: 10,
  commands: [],
  last: {},
}
