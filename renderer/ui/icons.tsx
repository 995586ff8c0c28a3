/** Small drawn marks, 16 px on a side, in the colour of the text. They are decoration: words carry the meaning. */
import type { ReactNode } from 'react'
import type { Role } from '../../shared/pair/seat'

const Icon = ({ children, size = 14 }: { children: ReactNode; size?: number }) => (
  <svg
    viewBox="0 0 16 16"
    width={size}
    height={size}
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    {children}
  </svg>
)

export const QuoteIcon = () => (
  <Icon>
    <path d="M2.5 3.5h11v7h-6l-3 2.5v-2.5h-2zM5 6h6M5 8.2h3.5" />
  </Icon>
)
export const PauseIcon = () => (
  <Icon>
    <path d="M5.5 3.5v9M10.5 3.5v9" strokeWidth="2.4" />
  </Icon>
)
/** A fermata, as in a score: hold. */
export const HoldIcon = () => (
  <Icon>
    <path d="M2.5 11.5a5.5 5.5 0 0 1 11 0M8 11h.01" strokeWidth="1.8" />
  </Icon>
)
export const PlayIcon = () => (
  <Icon>
    <path d="M5 3.2v9.6l7.6-4.8z" fill="currentColor" />
  </Icon>
)
export const StepIcon = () => (
  <Icon>
    <path d="M4 3.5v9l6-4.5zM12.5 3.5v9" />
  </Icon>
)
export const PreviousIcon = () => (
  <Icon>
    <path d="M12.5 3.5v9L6.5 8zM4 3.5v9" />
  </Icon>
)
export const NextIcon = () => (
  <Icon>
    <path d="M3.5 3.5v9l6-4.5zM12 3.5v9" />
  </Icon>
)
export const SwapIcon = () => (
  <Icon>
    <path d="M3 5.5h9.5M10 3l2.5 2.5L10 8M13 10.5H3.5M6 8l-2.5 2.5L6 13" />
  </Icon>
)
export const UpIcon = () => (
  <Icon size={12}>
    <path d="M8 13V3M4 7l4-4 4 4" />
  </Icon>
)
export const ChevronIcon = ({ open }: { open: boolean }) => (
  <Icon size={12}>
    <path d={open ? 'm3.5 6 4.5 4.5L12.5 6' : 'm6 3.5 4.5 4.5L6 12.5'} />
  </Icon>
)
export const ListIcon = () => (
  <Icon size={12}>
    <path d="M6 4h7M6 8h7M6 12h7M3 4h.01M3 8h.01M3 12h.01" strokeWidth="1.8" />
  </Icon>
)
export const FlagIcon = () => (
  <Icon size={12}>
    <path d="M4 14V2.5h8l-2 3 2 3H4" />
  </Icon>
)
export const UndoIcon = () => (
  <Icon size={12}>
    <path d="M6 3 3 6l3 3M3 6h6.5a3.5 3.5 0 0 1 0 7H6" />
  </Icon>
)
export const InboxIcon = () => (
  <Icon>
    <path d="M2.5 9.5 4.3 3.4h7.4l1.8 6.1v3.1h-11zM2.5 9.5h3.2l.9 1.6h2.8l.9-1.6h3.2" />
  </Icon>
)
export const CheckIcon = () => (
  <Icon size={12}>
    <path d="m3 8.5 3.2 3.2L13 4.6" strokeWidth="2" />
  </Icon>
)
export const PenIcon = () => (
  <Icon size={12}>
    <path d="m3 13 .6-2.9L10.8 3l2.2 2.2-7.2 7.2z" />
  </Icon>
)
export const AskIcon = () => (
  <Icon size={12}>
    <path d="M5.4 5.8a2.7 2.7 0 1 1 3.9 2.5c-.8.4-1.3.9-1.3 1.8M8 13v.1" strokeWidth="1.9" />
  </Icon>
)
export const AlertIcon = ({ size = 14 }: { size?: number }) => (
  <Icon size={size}>
    <path d="M8 2.8 14 13H2zM8 6.6v3M8 11.4v.1" />
  </Icon>
)
export const CloseIcon = () => (
  <Icon size={12}>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Icon>
)
export const DownIcon = () => (
  <Icon size={12}>
    <path d="M8 3v10M4 9l4 4 4-4" />
  </Icon>
)
export const FoldIcon = () => (
  <Icon size={12}>
    <path d="m4.5 2.5 3.5 3 3.5-3M4.5 13.5l3.5-3 3.5 3M2.5 8h11" />
  </Icon>
)
export const UnfoldIcon = () => (
  <Icon size={12}>
    <path d="M4.5 5.2 8 2.2l3.5 3M4.5 10.8l3.5 3 3.5-3M2.5 8h11" />
  </Icon>
)
export const FolderIcon = () => (
  <Icon>
    <path d="M2.5 4h4l1.4 1.8h5.6v6.9h-11z" />
  </Icon>
)
export const BranchIcon = () => (
  <Icon size={12}>
    <path d="M5 4.5v7M5 8.5c4 0 6-.5 6-3.2M5 4.5a1 1 0 1 0 0-2 1 1 0 0 0 0 2ZM5 13.5a1 1 0 1 0 0-2 1 1 0 0 0 0 2ZM11 5.3a1 1 0 1 0 0-2 1 1 0 0 0 0 2Z" />
  </Icon>
)
export const SearchIcon = () => (
  <Icon>
    <path d="M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.4 10.4l3.1 3.1" />
  </Icon>
)
export const GearIcon = () => (
  <Icon>
    <path d="M2.5 5h6M12.5 5h1M2.5 11h1M7.5 11h6M10.5 6.7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4ZM5.5 12.7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4Z" />
  </Icon>
)
export const MoreIcon = () => (
  <Icon>
    <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2.4" />
  </Icon>
)
export const BackIcon = () => (
  <Icon>
    <path d="M9.5 3.5 5 8l4.5 4.5" />
  </Icon>
)
export const BroadIcon = () => (
  <Icon>
    <path d="M13.5 3v10M10 8H2.5M5.5 5l-3 3 3 3" />
  </Icon>
)
export const NarrowIcon = () => (
  <Icon>
    <path d="M13.5 3v10M2.5 8H10M7 5l3 3-3 3" />
  </Icon>
)
export const StopIcon = () => (
  <Icon size={12}>
    <path d="M4 4h8v8H4z" fill="currentColor" />
  </Icon>
)
export const PanelIcon = () => (
  <Icon>
    <path d="M2.5 3.5h11v9h-11zM9.8 3.5v9" />
  </Icon>
)
export const PlusIcon = () => (
  <Icon>
    <path d="M8 3v10M3 8h10" />
  </Icon>
)
/** One window out of another. */
export const NewWindowIcon = () => (
  <Icon>
    <path d="M6.5 3.5h-4v9h9v-4M9 2.5h4.5V7M13.2 2.8 7.5 8.5" />
  </Icon>
)

/** The mark of a role, so that it is told by shape as well as by colour: a wheel drives, a compass needle navigates. */
export const RoleMark = ({ of, size = 14 }: { of: Role; size?: number }) =>
  of === 'driver' ? (
    <Icon size={size}>
      <path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 9.6a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2ZM2.4 7.2l4.1.5M13.6 7.2l-4.1.5M8 9.7V14" />
    </Icon>
  ) : (
    <Icon size={size}>
      <path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Z" />
      <path d="m10.9 5.1-1.6 4.2-4.2 1.6 1.6-4.2z" fill="currentColor" strokeWidth="1" />
    </Icon>
  )

/** Two voices, one line between them. */
export const Logo = ({ size = 18 }: { size?: number }) => (
  <svg viewBox="0 0 24 24" width={size} height={size} fill="none" aria-hidden="true" focusable="false">
    <path d="M5 14.5C10 14.5 13.5 9.5 19 9.5" stroke="var(--ink-3)" strokeWidth="1.8" />
    <rect x="2.6" y="3" width="4.8" height="14" rx="2.4" fill="var(--driver)" />
    <rect x="16.6" y="7" width="4.8" height="14" rx="2.4" fill="var(--navigator)" />
  </svg>
)
