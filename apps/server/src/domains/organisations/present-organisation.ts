import type { Organisation, OrganisationDetails } from '@parley/contracts/organisations/organisation'
import type { OrganisationRecord } from './organisation.ts'

/** For every member. */
export const presentOrganisation = (organisation: OrganisationRecord): Organisation => ({
  id: organisation.id,
  name: organisation.name,
})

/** For admins. */
export const presentOrganisationDetails = (organisation: OrganisationRecord): OrganisationDetails => ({
  id: organisation.id,
  address: organisation.address,
  expectedUsers: organisation.expectedUsers,
  ownerName: organisation.ownerName,
  contactNumber: organisation.contactNumber,
  createdAt: organisation.createdAt,
})
