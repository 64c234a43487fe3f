import type { Communication } from '@parley/contracts/communication/communication'

/** The rules that were set, and who set how long messages are kept: the chats name them. */
export type StoredCommunication = Readonly<Partial<Communication> & { retentionSetBy?: string }>

/** What is kept of an organisation. */
export interface OrganisationRecord {
  readonly id: string
  readonly name: string
  readonly address: string
  /** How many people they said will use it. */
  readonly expectedUsers: number
  readonly ownerName: string
  readonly contactNumber: string
  readonly createdAt: number
  /** The rules that were set; what is absent, or all when null, is as by default. */
  readonly communication: StoredCommunication | null
}
