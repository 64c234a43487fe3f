import { expect, test } from 'vitest'
import { newId } from '../../../kernel/ids.ts'
import {
  makeChat,
  makeOrganisation,
  noteDepartment,
  oneTo,
  raise,
  send,
  write,
  type Audience,
  type Change,
  type Stage,
} from './contract-fixture.ts'
import type { StorageTx } from './storage.ts'

/** Y1, Y2, Y8: the organisation's change feed. */
export function changeFeedContract(stage: Stage): void {
  numberingContract(stage)
  entriesContract(stage)
  compactionContract(stage)
  forgettingContract(stage)
  goingTogetherContract(stage)
}

function numberingContract(stage: Stage): void {
  test('Y2: an organisation where nothing happened has head 0, floor 0 and heads 0', async () => {
    const scope = await makeOrganisation(stage.storage)
    const { changes } = stage.storage.read
    expect(await changes.head(scope)).toBe(0)
    expect(await changes.floor(scope)).toBe(0)
    expect(await changes.heads(scope, ['org', 'admins'])).toEqual(new Map([['org', 0], ['admins', 0]])) // prettier-ignore
    expect(await changes.entriesSince(scope, ['org'], 0, 10)).toEqual([])
  })

  test('Y2: seq rises through all audiences, prev within each, messages and marks included', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, ben, conversation } = chat
    const talk = `conversation:${conversation.id}` as const
    const note = (audience: Audience) =>
      write(stage.storage, scope, (tx) => noteDepartment(tx, scope, audience, newId()))
    const mark = { conversationId: conversation.id, memberId: ben.id, delivered: 1, seen: 0 }
    const changes: Change[] = [
      await note('org'),
      await send(stage.storage, chat),
      await note(talk),
      await raise(stage.storage, scope, mark),
      await note('org'),
      await send(stage.storage, chat),
      await note('admins'),
      await raise(stage.storage, scope, { ...mark, seen: 1 }),
      await note(talk),
    ]
    const seqs = changes.map(({ seq }) => seq)
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b))
    const newest = new Map<string, number>()
    for (const { audience, seq, prev } of changes) {
      expect(prev).toBe(newest.get(audience) ?? 0)
      newest.set(audience, seq)
    }
    const audiences = ['org', 'admins', talk, `member:${ben.id}`] as const
    const heads = await stage.storage.read.changes.heads(scope, audiences)
    expect(heads).toEqual(new Map([...newest, [`member:${ben.id}`, 0]]))
    expect(await stage.storage.read.changes.head(scope)).toBe(seqs.at(-1))
  })

  test('Y2: within one transaction heads and prev follow its own changes', async () => {
    const scope = await makeOrganisation(stage.storage)
    await write(stage.storage, scope, async (tx) => {
      const first = await noteDepartment(tx, scope, 'org', newId())
      const second = await noteDepartment(tx, scope, 'org', newId())
      expect(second).toMatchObject({ prev: first.seq, seq: first.seq + 1 })
      expect(await tx.changes.head(scope)).toBe(second.seq)
      expect(await tx.changes.heads(scope, ['org'])).toEqual(new Map([['org', second.seq]]))
      expect(await tx.changes.entriesSince(scope, ['org'], first.seq, 10)).toHaveLength(1)
    })
  })

  test('Y1: a change for another organisation than the transaction is refused', async () => {
    const [scope, other] = [await makeOrganisation(stage.storage), await makeOrganisation(stage.storage)]
    const foreign = write(stage.storage, scope, (tx) => noteDepartment(tx, other, 'org', newId()))
    await expect(foreign).rejects.toThrow()
    expect(await stage.storage.read.changes.head(other)).toBe(0)
  })

  test('Y1: when storing the row fails, its change is not taken down', async () => {
    const { scope, ana, conversation } = await makeChat(stage.storage)
    const target = { audience: `conversation:${conversation.id}`, kind: 'message', id: newId() } as const
    const failing = write(stage.storage, scope, (tx) =>
      tx.changes.appendWith(scope, target, () => Promise.reject(new Error('no row'))),
    )
    await expect(failing).rejects.toThrow('no row')
    expect(await stage.storage.read.changes.head(scope)).toBe(0)
    expect(await stage.storage.read.conversations.mark(scope, conversation.id, ana.id)).toMatchObject({
      seq: 0,
    })
  })
}

function entriesContract(stage: Stage): void {
  test('Y2: entries come oldest first, of the asked audiences only, at most the limit of all together', async () => {
    const scope = await makeOrganisation(stage.storage)
    const audiences = ['org', 'admins', 'department:d', 'member:m'] as const
    await write(stage.storage, scope, async (tx) => {
      for (const index of oneTo(24)) {
        await noteDepartment(tx, scope, audiences[index % 4] ?? 'org', newId())
      }
    })
    const asked = ['member:m', 'org', 'admins'] as const
    const all = await stage.storage.read.changes.entriesSince(scope, asked, 0, Number.MAX_SAFE_INTEGER)
    expect(all.map(({ seq }) => seq)).toEqual(oneTo(24).filter((index) => index % 4 !== 2))
    const page = await stage.storage.read.changes.entriesSince(scope, asked, 7, 5)
    expect(page.map(({ seq }) => seq)).toEqual([8, 9, 11, 12, 13])
    expect(await stage.storage.read.changes.entriesSince(scope, asked, 24, 5)).toEqual([])
    expect(await stage.storage.read.changes.entriesSince(scope, [], 0, 5)).toEqual([])
  })

  test('Y2: messages and marks have no entry of their own', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, ben, conversation } = chat
    await send(stage.storage, chat)
    const mark = { conversationId: conversation.id, memberId: ben.id, delivered: 1, seen: 1 }
    await raise(stage.storage, scope, mark)
    const entries = stage.storage.read.changes.entriesSince(scope, [`conversation:${conversation.id}`], 0, 10)
    expect(await entries).toEqual([])
  })

  test('Y9: an entry says that its entity is gone, or that access was lost', async () => {
    const scope = await makeOrganisation(stage.storage)
    const id = newId()
    const access = (state: 'gained' | 'lost', audience: Audience) =>
      ({ audience: 'member:m', kind: 'access', id: audience, data: { audience, state } }) as const
    await write(stage.storage, scope, async (tx) => {
      await tx.changes.append(scope, { audience: 'org', kind: 'department', id, data: null })
      await tx.changes.append(scope, access('lost', 'admins'))
      await tx.changes.append(scope, access('gained', 'department:d'))
    })
    expect(await stage.storage.read.changes.entriesSince(scope, ['org', 'member:m'], 0, 10)).toEqual([
      { seq: 1, audience: 'org', kind: 'department', id, gone: true },
      { seq: 2, audience: 'member:m', kind: 'access', id: 'admins', gone: true },
      { seq: 3, audience: 'member:m', kind: 'access', id: 'department:d', gone: false },
    ])
  })
}

function compactionContract(stage: Stage): void {
  test('Y8: of what was deleted for good the newest entry of each conversation is told, oldest first, and nothing else', async () => {
    const { scope, conversation } = await makeChat(stage.storage)
    const other = newId()
    const tell = (tx: StorageTx, conversationId: string) => {
      const audience = `conversation:${conversationId}` as const
      const data = { conversationId, ranges: [] }
      return tx.changes.append(scope, { audience, kind: 'purge', id: conversationId, data })
    }
    const seqs = await write(stage.storage, scope, async (tx) => {
      const told = []
      for (const id of [conversation.id, other, conversation.id]) told.push((await tell(tx, id)).seq)
      await noteDepartment(tx, scope, 'org', newId())
      return told
    })
    const { changes } = stage.storage.read
    const purges = async (since: number, limit = 10) =>
      (await changes.purgesAfter(scope, since, limit)).map(({ seq, kind, id }) => [seq, kind, id])
    const [, second, third] = seqs
    const [ofOther, ofChat] = [
      [second, 'purge', other],
      [third, 'purge', conversation.id],
    ]
    expect(await purges(0)).toEqual([ofOther, ofChat])
    expect([await purges(0, 1), await purges(second ?? 0), await purges(third ?? 0)]).toEqual([
      [ofOther],
      [ofChat],
      [],
    ])
  })

  test('Y8: only the newest entry of an (audience, kind, id) is kept', async () => {
    const scope = await makeOrganisation(stage.storage)
    const [id, other] = [newId(), newId()]
    for (const name of ['A', 'B', 'C']) {
      await write(stage.storage, scope, (tx) => noteDepartment(tx, scope, 'org', id, name))
    }
    await write(stage.storage, scope, (tx) => noteDepartment(tx, scope, 'org', other))
    await write(stage.storage, scope, (tx) => noteDepartment(tx, scope, 'admins', id))
    const last = await write(stage.storage, scope, (tx) => noteDepartment(tx, scope, 'org', id, 'D'))
    expect(last).toMatchObject({ seq: 6, prev: 4, data: { name: 'D' } })
    const entries = await stage.storage.read.changes.entriesSince(scope, ['org', 'admins'], 0, 10)
    const kept = entries.map(({ seq, audience, id: of }) => [seq, audience, of])
    expect(kept).toEqual([[4, 'org', other], [5, 'admins', id], [6, 'org', id]]) // prettier-ignore
  })

  test('Y8: an entity that comes back is no longer gone', async () => {
    const scope = await makeOrganisation(stage.storage)
    const id = newId()
    await write(stage.storage, scope, (tx) =>
      tx.changes.append(scope, { audience: 'org', kind: 'department', id, data: null }),
    )
    await write(stage.storage, scope, (tx) => noteDepartment(tx, scope, 'org', id))
    const entries = await stage.storage.read.changes.entriesSince(scope, ['org'], 0, 10)
    expect(entries).toEqual([{ seq: 2, audience: 'org', kind: 'department', id, gone: false }])
  })
}

function forgettingContract(stage: Stage): void {
  test('Y8: forgetting drops what is gone and older, raises the floor and leaves the heads', async () => {
    const scope = await makeOrganisation(stage.storage)
    const note = (audience: Audience, id: string, gone: boolean) =>
      write(stage.storage, scope, (tx) => {
        const data = gone ? null : { id, name: 'Sales' }
        return tx.changes.append(scope, { audience, kind: 'department', id, data })
      })
    await note('org', 'left', true)
    await note('org', 'stays', false)
    await note('admins', 'left', true)
    await note('admins', 'stays', false)
    await note('org', 'left later', true)
    await note('org', 'newest', false)
    const audiences = ['org', 'admins'] as const
    const heads = await stage.storage.read.changes.heads(scope, audiences)
    await write(stage.storage, scope, (tx) => tx.changes.forgetBefore(scope, 5))
    const ids = async () =>
      (await stage.storage.read.changes.entriesSince(scope, audiences, 0, 10)).map(({ id }) => id)
    expect(await ids()).toEqual(['stays', 'stays', 'left later', 'newest'])
    expect(await stage.storage.read.changes.floor(scope)).toBe(5)
    await write(stage.storage, scope, (tx) => tx.changes.forgetBefore(scope, 3))
    expect(await stage.storage.read.changes.floor(scope)).toBe(5)
    expect(await stage.storage.read.changes.heads(scope, audiences)).toEqual(heads)
    expect(await note('admins', 'next', false)).toMatchObject({ seq: 7, prev: 4 })
  })

  test('Y8: what is forgotten never lowers a head, also after opening again', async () => {
    const scope = await makeOrganisation(stage.storage)
    const gone = (audience: Audience) =>
      write(stage.storage, scope, (tx) =>
        tx.changes.append(scope, { audience, kind: 'department', id: newId(), data: null }),
      )
    await gone('member:m')
    await gone('member:m')
    await gone('org')
    await gone('org')
    await write(stage.storage, scope, (tx) => tx.changes.forgetBefore(scope, 4))
    await stage.reopen?.()
    expect(await stage.storage.read.changes.heads(scope, ['member:m', 'org'])).toEqual(
      new Map([['member:m', 2], ['org', 4]]), // prettier-ignore
    )
    expect(await gone('member:m')).toMatchObject({ seq: 5, prev: 2 })
  })
}

function goingTogetherContract(stage: Stage): void {
  test('Y8: what went with something else leaves nothing in the feed, and the heads as they were', async () => {
    const scope = await makeOrganisation(stage.storage)
    const note = (audience: Audience, id: string, kind: 'department' | 'account' = 'department') =>
      write(stage.storage, scope, (tx) => tx.changes.append(scope, { audience, kind, id, data: null }))
    await note('org', 'one')
    await note('org', 'two')
    await note('admins', 'one')
    await note('admins', 'one', 'account')
    await note('org', 'three')
    const audiences = ['org', 'admins'] as const
    const { changes } = stage.storage.read
    const heads = await changes.heads(scope, audiences)
    const left = async () =>
      (await changes.entriesSince(scope, audiences, 0, 10)).map(({ audience, kind, id }) => [
        audience,
        kind,
        id,
      ])
    const undone = write(stage.storage, scope, async (tx) => {
      await tx.changes.forget(scope, 'org', 'department', ['one'])
      expect((await tx.changes.entriesSince(scope, ['org'], 0, 10)).map(({ id }) => id)).toEqual([
        'two',
        'three',
      ])
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await left()).toHaveLength(5)
    await write(stage.storage, scope, (tx) => tx.changes.forget(scope, 'org', 'department', ['one', 'never']))
    await write(stage.storage, scope, (tx) => tx.changes.forget(scope, 'admins', 'department', ['one']))
    expect(await left()).toEqual([
      ['org', 'department', 'two'],
      ['admins', 'account', 'one'],
      ['org', 'department', 'three'],
    ])
    await write(stage.storage, scope, (tx) => tx.changes.forget(scope, 'org', 'department', ['three']))
    await stage.reopen?.()
    expect(await stage.storage.read.changes.heads(scope, audiences)).toEqual(heads)
    expect(await note('org', 'four')).toMatchObject({ seq: 6, prev: 5 })
  })
}
