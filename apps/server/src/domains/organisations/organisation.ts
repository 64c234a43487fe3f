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
}
