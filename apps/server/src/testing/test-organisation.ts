import type { Storage, StorageTx } from '../adapters/storage/contract/storage.ts'
import { openSqliteStorage } from '../adapters/storage/sqlite/open-sqlite-storage.ts'
import { createDefaultDepartments } from '../domains/departments/create-department.ts'
import { createMember } from '../domains/members/create-member.ts'
import { createOrganisation } from '../domains/organisations/create-organisation.ts'
import type { Actor } from '../kernel/actor.ts'
import { newId } from '../kernel/ids.ts'
import { orgScope, type OrgScope } from '../kernel/org-scope.ts'
import type { Role } from '@parley/contracts/kernel/permission'

/** An organisation in the embedded storage, with people who can act. For tests of use cases. */
export interface TestOrganisation {
  readonly storage: Storage
  readonly scope: OrgScope
  readonly run: <T>(work: (tx: StorageTx) => Promise<T>) => Promise<T>
  /** Adds a member and returns them as an actor. */
  readonly join: (name: string, role?: Role) => Promise<Actor>
  readonly close: () => Promise<void>
}

export const TEST_NOW = 1_790_000_000_000

export async function openTestOrganisation(storage?: Storage): Promise<TestOrganisation> {
  const opened = storage ?? (await openSqliteStorage({ file: ':memory:' }))
  const scope = orgScope(newId())
  const run = async <T>(work: (tx: StorageTx) => Promise<T>) =>
    (await opened.transactions.run(scope, work)).result
  await run(async (tx) => {
    const fields = {
      name: 'Test Travel',
      address: 'Nowhere 1',
      expectedUsers: 5,
      ownerName: 'Owner',
      contactNumber: '+351 900 000 142',
    }
    await createOrganisation(tx, scope, fields, TEST_NOW)
    await createDefaultDepartments(tx, scope)
  })
  return {
    storage: opened,
    scope,
    run,
    async join(name, role = 'member') {
      const given = {
        name,
        email: `${name.toLowerCase()}@test.example`,
        role,
        departmentIds: [],
        passwordHash: 'not a hash',
        passwordIsTemporary: false,
      }
      const { id } = await run((tx) => createMember(tx, scope, given, TEST_NOW))
      const session = { sessionId: newId(), device: 'Chrome on Linux', address: '192.0.2.7' }
      return { scope, memberId: id, ...session, role, passwordIsTemporary: false }
    },
    close: () => opened.close(),
  }
}
