/** Tabs after the ARIA pattern: one stop for Tab, arrows between them, and what is chosen is shown at once. */
import { type KeyboardEvent, useId, useRef } from 'react'

export interface Tab<T extends string> {
  readonly value: T
  readonly label: string
  /** Said after the label, e.g. `3 open`, and shown as its number; null for none. */
  readonly badge: { readonly count: number; readonly words: string } | null
}

interface Props<T extends string> {
  readonly label: string
  readonly tabs: readonly Tab<T>[]
  readonly value: T
  readonly onChange: (value: T) => void
  /** The ids of tab and panel are made of it. */
  readonly base: string
}

export const useTabBase = (): string => useId()
export const tabId = (base: string, value: string): string => `${base}-tab-${value}`
export const panelId = (base: string, value: string): string => `${base}-panel-${value}`

export const Tabs = <T extends string>({ label, tabs, value, onChange, base }: Props<T>) => {
  const list = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const at = tabs.findIndex(each => each.value === value)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = tabs[(to + tabs.length) % tabs.length]
    if (!next) return
    onChange(next.value)
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.value}"]`)?.focus()
  }
  return (
    <div className="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown} tabIndex={-1}>
      {tabs.map(tab => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          className="tab"
          id={tabId(base, tab.value)}
          data-tab={tab.value}
          aria-selected={tab.value === value}
          aria-controls={tab.value === value ? panelId(base, tab.value) : undefined}
          tabIndex={tab.value === value ? 0 : -1}
          onClick={() => onChange(tab.value)}
        >
          {tab.label}
          {tab.badge && (
            <>
              <span className="badge" aria-hidden="true">
                {tab.badge.count}
              </span>
              <span className="visually-hidden">({tab.badge.words})</span>
            </>
          )}
        </button>
      ))}
    </div>
  )
}
