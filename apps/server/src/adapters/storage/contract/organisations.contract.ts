import { expect, test } from 'vitest'
import { newId } from '../../../kernel/ids.ts'
import { orgScope } from '../../../kernel/org-scope.ts'
import { anOrganisation, makeOrganisation, write, type Stage } from './contract-fixture.ts'

/** Organisations and their departments. */
export function organisationsContract(stage: Stage): void {
  test('An organisation is kept field by field, and changed only in the fields given', async () => {
    const scope = orgScope(newId())
    expect(await stage.storage.read.organisations.get(scope)).toBeNull()
    await write(stage.storage, scope, async (tx) => {
      await tx.organisations.insert(scope, anOrganisation(scope))
      expect(await tx.organisations.get(scope)).toEqual(anOrganisation(scope))
    })
    expect(await stage.storage.read.organisations.get(scope)).toEqual(anOrganisation(scope))
    await write(stage.storage, scope, (tx) =>
      tx.organisations.update(scope, { name: 'Borealis', expectedUsers: 9 }),
    )
    const after = { ...anOrganisation(scope), name: 'Borealis', expectedUsers: 9 }
    expect(await stage.storage.read.organisations.get(scope)).toEqual(after)
    const communication = {
      directChats: 'admins' as const,
      fileKinds: ['picture' as const],
      editWindow: null,
    }
    await write(stage.storage, scope, (tx) => tx.organisations.update(scope, { communication }))
    expect(await stage.storage.read.organisations.get(scope)).toEqual({ ...after, communication })
    const kept = (await stage.reopen?.()) ?? stage.storage
    expect(await kept.read.organisations.get(scope)).toEqual({ ...after, communication })
  })

  test('T4: an organisation whose making failed does not exist, and can be made again', async () => {
    const scope = orgScope(newId())
    const failing = write(stage.storage, scope, async (tx) => {
      await tx.organisations.insert(scope, anOrganisation(scope))
      await tx.departments.insert(scope, { id: newId(), name: 'Sales' })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await stage.storage.read.organisations.get(scope)).toBeNull()
    await write(stage.storage, scope, (tx) => tx.organisations.insert(scope, anOrganisation(scope)))
    expect(await stage.storage.read.departments.list(scope)).toEqual([])
  })

  test('Departments are listed, renamed and removed', async () => {
    const scope = await makeOrganisation(stage.storage)
    const [sales, support] = [
      { id: newId(), name: 'Sales' },
      { id: newId(), name: 'Support' },
    ]
    await write(stage.storage, scope, async (tx) => {
      await tx.departments.insert(scope, sales)
      await tx.departments.insert(scope, support)
    })
    const list = async () => (await stage.storage.read.departments.list(scope)).map(({ name }) => name).sort()
    expect(await list()).toEqual(['Sales', 'Support'])
    await write(stage.storage, scope, (tx) => tx.departments.rename(scope, sales.id, 'Travel'))
    expect(await stage.storage.read.departments.get(scope, sales.id)).toEqual({ ...sales, name: 'Travel' })
    expect(await list()).toEqual(['Support', 'Travel'])
    await write(stage.storage, scope, (tx) => tx.departments.remove(scope, sales.id))
    expect(await list()).toEqual(['Support'])
    expect(await stage.storage.read.departments.get(scope, sales.id)).toBeNull()
  })
}
