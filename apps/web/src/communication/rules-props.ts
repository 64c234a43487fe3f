import type { Communication } from '@parley/contracts/communication/communication'

/** What each group of rules is given. */
export interface RulesProps {
  rules: Communication
  /** A change is under way, or cannot be made just now. */
  disabled: boolean
  change: (patch: Partial<Communication>) => Promise<void>
}
