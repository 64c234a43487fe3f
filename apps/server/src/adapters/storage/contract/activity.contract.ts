import { expect, test } from 'vitest'
import { hashOf } from '../../../kernel/activity-chain.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import { makeOrganisation, oneTo, write, type Stage } from './contract-fixture.ts'
import type { StorageTx } from './storage.ts'

/** Takes a line down. @returns it */
export const noteActivity = (tx: StorageTx, scope: OrgScope, about: string, value = 1) =>
  tx.activity.append(scope, {
    actor: {
      scope,
      memberId: 'm1',
      sessionId: 's1',
      role: 'admin',
      passwordIsTemporary: false,
      device: 'Chrome on Linux',
      address: '192.0.2.7',
    },
    action: 'communication.changed',
    about,
    changes: { editWindow: { before: null, after: value }, fileKinds: { before: ['picture'], after: [] } },
  })

/** A11: the activity log. */
export function activityContract(stage: Stage): void {
  test('A11: a line is kept field by field, sealed with the one before it', async () => {
    const scope = await makeOrganisation(stage.storage)
    const { activity } = stage.storage.read
    expect(await activity.newest(scope)).toBeNull()
    const first = await write(stage.storage, scope, (tx) => noteActivity(tx, scope, 'a'))
    const second = await write(stage.storage, scope, (tx) =>
      tx.activity.append(scope, { actor: null, action: 'group.left', about: 'b' }),
    )
    expect(first).toMatchObject({
      number: 1,
      memberId: 'm1',
      address: '192.0.2.7',
      device: 'Chrome on Linux',
      action: 'communication.changed',
      about: 'a',
      changes: '{"editWindow":{"before":null,"after":1},"fileKinds":{"before":["picture"],"after":[]}}',
      previous: '',
    })
    expect(second).toMatchObject({ number: 2, memberId: null, changes: '{}', previous: first.hash })
    const reopened = (await stage.reopen?.()) ?? stage.storage
    const kept = await reopened.read.activity.page(scope, 0, 10)
    expect(kept).toEqual([first, second])
    expect(await reopened.read.activity.newest(scope)).toEqual(second)
    for (const line of kept) expect(line.hash).toBe(hashOf(scope, line))
  })

  test('A11: lines that are taken down at once form one chain, page after page', async () => {
    const scope = await makeOrganisation(stage.storage)
    await Promise.all(
      oneTo(30).map((index) =>
        write(stage.storage, scope, async (tx) => {
          await noteActivity(tx, scope, `${String(index)} first`)
          await noteActivity(tx, scope, `${String(index)} second`)
        }),
      ),
    )
    const { activity } = stage.storage.read
    const lines = [
      ...(await activity.page(scope, 0, 25)),
      ...(await activity.page(scope, 25, 25)),
      ...(await activity.page(scope, 50, 25)),
    ]
    expect(lines.map(({ number }) => number)).toEqual(oneTo(60))
    expect(lines.slice(1).map(({ previous }) => previous)).toEqual(lines.slice(0, -1).map(({ hash }) => hash))
  })

  test('T4, A11: what is undone leaves no line, and its number is given again', async () => {
    const scope = await makeOrganisation(stage.storage)
    const failing = write(stage.storage, scope, async (tx) => {
      await noteActivity(tx, scope, 'never')
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await stage.storage.read.activity.newest(scope)).toBeNull()
    const line = await write(stage.storage, scope, (tx) => noteActivity(tx, scope, 'then'))
    expect(line).toMatchObject({ number: 1, about: 'then', previous: '' })
  })

  test('Every organisation is found, each once, in pages', async () => {
    const made = [await makeOrganisation(stage.storage), await makeOrganisation(stage.storage)]
    const found: string[] = []
    for (let after: string | null = null, more = true; more;) {
      const page = await stage.storage.organisations.idsAfter(after, 3)
      found.push(...page)
      after = page.at(-1) ?? null
      more = page.length === 3
    }
    expect(found).toEqual([...new Set(found)].sort())
    expect(found).toEqual(expect.arrayContaining(made))
  })
}
