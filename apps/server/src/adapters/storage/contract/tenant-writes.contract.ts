import { aFingerprint, anImport } from './imports.contract.ts'
import { expect, test } from 'vitest'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import { aPreference } from './chat-preferences.contract.ts'
import { aFile, aLink } from './files.contract.ts'
import { AT, makeOrganisation, noteDepartment, raise, send, type Stage } from './contract-fixture.ts'
import { noteActivity } from './activity.contract.ts'
import type { StorageTx } from './storage.ts'
import { aChoice, aPush } from './pushes.contract.ts'
import { aNote, everythingOf, makeTwin, twinIds, type TwinIds } from './twin-organisations.ts'

type Write = (tx: StorageTx, scope: OrgScope, ids: TwinIds) => Promise<unknown>

/** Every write that names something by its id. */
const WRITES: Readonly<Record<string, Write>> = {
  'organisations.update': (tx, scope) => tx.organisations.update(scope, { name: 'Changed' }),
  'departments.rename': (tx, scope, ids) => tx.departments.rename(scope, ids.department, 'Changed'),
  'departments.remove': (tx, scope, ids) => tx.departments.remove(scope, ids.department),
  'members.update': (tx, scope, ids) => tx.members.update(scope, ids.ana, { name: 'Changed' }),
  'members.setPicture': (tx, scope, ids) => tx.members.setPicture(scope, ids.ana, 'v1', new Uint8Array([1])),
  'members.removePicture': (tx, scope, ids) => tx.members.removePicture(scope, ids.ana),
  'members.setLastSeen': (tx, scope, ids) => tx.members.setLastSeen(scope, new Map([[ids.ana, AT]])),
  'sessions.update': (tx, scope, ids) => tx.sessions.update(scope, ids.session, { endedAt: AT }),
  'sessions.removeEndedBefore': (tx, scope) => tx.sessions.removeEndedBefore(scope, AT * 2),
  'sessions.putPasswordReset': (tx, scope, ids) =>
    tx.sessions.putPasswordReset(scope, { memberId: ids.ana, tokenHash: 'changed', expiresAt: AT }),
  'sessions.removePasswordReset': (tx, scope, ids) => tx.sessions.removePasswordReset(scope, ids.ana),
  'pushes.setFollowed': (tx, scope) => tx.pushes.setFollowed(scope, 99),
  'pushes.insert': (tx, scope, ids) => tx.pushes.insert(scope, aPush(ids.ana)),
  'pushes.update': (tx, scope, ids) => tx.pushes.update(scope, ids.push, { attempts: 9 }),
  'pushes.remove': (tx, scope, ids) => tx.pushes.remove(scope, ids.push),
  'pushes.hurry': (tx, scope, ids) => tx.pushes.hurry(scope, ids.ana, 1),
  'pushes.removeEndedBefore': (tx, scope) => tx.pushes.removeEndedBefore(scope, Date.now() * 2),
  'notificationSettings.put': (tx, scope, ids) =>
    tx.notificationSettings.put(scope, ids.ana, { ...aChoice, preview: false }),
  'invites.update': (tx, scope, ids) => tx.invites.update(scope, ids.invite, { state: 'revoked' }),
  'conversations.raiseMark': (tx, scope, ids) =>
    tx.conversations.raiseMark(scope, {
      conversationId: ids.conversation,
      memberId: ids.ben,
      delivered: 9,
      seen: 9,
      at: AT,
    }),
  'conversations.addParticipants': (tx, scope, ids) =>
    tx.conversations.addParticipants(scope, ids.conversation, [ids.ana], {
      from: 2,
      joinedSeq: 2,
      delivered: 1,
      seen: 1,
      quiet: 0,
    }),
  'conversations.removeParticipant': (tx, scope, ids) =>
    tx.conversations.removeParticipant(scope, ids.conversation, ids.ben, null),
  'conversations.setReach': (tx, scope, ids) =>
    tx.conversations.setReach(scope, ids.conversation, { delivered: 1, seen: 1 }),
  'conversations.setPicture': (tx, scope, ids) =>
    tx.conversations.setPicture(scope, ids.conversation, 'v1', new Uint8Array([1])),
  'conversations.removePicture': (tx, scope, ids) => tx.conversations.removePicture(scope, ids.conversation),
  'messages.addMention': (tx, scope, ids) => tx.messages.addMention(scope, ids.conversation, ids.ben, 9),
  'messages.removeMention': (tx, scope, ids) =>
    tx.messages.removeMention(scope, ids.conversation, null, 'first'.length),
  'files.insert': (tx, scope) => tx.files.insert(scope, aFile()),
  'files.update': (tx, scope, ids) => tx.files.update(scope, ids.file, { name: 'Changed' }),
  'files.addUsedBytes': (tx, scope) => tx.files.addUsedBytes(scope, 5),
  'files.link': (tx, scope, ids) =>
    tx.files.link(scope, aLink({ fileId: ids.file, conversationId: ids.conversation, number: 2, seq: 9 })),
  'files.unlinkMessage': (tx, scope, ids) => tx.files.unlinkMessage(scope, ids.conversation, 1),
  'files.remove': async (tx, scope, ids) => {
    await tx.files.unlinkMessage(scope, ids.conversation, 1)
    await tx.files.remove(scope, ids.file)
  },
  'files.queueRemoval': (tx, scope, ids) =>
    tx.files.queueRemoval(scope, { fileId: ids.file, part: 'preview' }),
  'files.forgetRemoval': (tx, scope, ids) => tx.files.forgetRemoval(scope, { fileId: ids.file, part: 'all' }),
  'activity.append': (tx, scope, ids) => noteActivity(tx, scope, ids.department, 9),
  'messages.revise': (tx, scope, ids) =>
    tx.messages.revise(scope, ids.message, { seq: 9, text: 'Changed', extras: { editedAt: AT } }),
  'messages.keepEdit': (tx, scope, ids) =>
    tx.messages.keepEdit(scope, { messageId: ids.message, seq: 9, text: 'Changed', at: AT }),
  'reactions.put': (tx, scope, ids) =>
    tx.reactions.put(scope, {
      messageId: ids.message,
      conversationId: ids.conversation,
      number: 1,
      memberId: ids.ben,
      emojis: ['Changed'],
      at: AT,
      seq: 9,
    }),
  'ownMessages.put': (tx, scope, ids) => tx.ownMessages.put(scope, aNote(ids, { memberId: ids.ben })),
  'ownMessages.remove': (tx, scope, ids) => tx.ownMessages.remove(scope, ids.ben, ids.message),
  'reactions.forgetTo': (tx, scope, ids) => tx.reactions.forgetTo(scope, [ids.message]),
  'messages.forgetEdits': (tx, scope, ids) => tx.messages.forgetEdits(scope, ids.message),
  'conversations.setDisappearing': (tx, scope, ids) =>
    tx.conversations.setDisappearing(scope, ids.conversation, null),
  'conversations.setPins': (tx, scope, ids) => tx.conversations.setPins(scope, ids.conversation, []),
  'chatPreferences.put': (tx, scope, ids) =>
    tx.chatPreferences.put(scope, aPreference(ids.ana, ids.conversation, { mutedUntil: AT })),
  'chatPreferences.remove': (tx, scope, ids) => tx.chatPreferences.remove(scope, ids.ana, ids.conversation),
  'chatPreferences.putSettings': (tx, scope, ids) =>
    tx.chatPreferences.putSettings(scope, { memberId: ids.ana, archivedReturn: false }),
  'messages.remove': async (tx, scope, ids) =>
    tx.messages.remove(
      scope,
      ids.conversation,
      await tx.messages.pageFrom(scope, ids.conversation, { from: 1, until: Infinity, limit: 9 }),
    ),
  'conversations.setPurged': (tx, scope, ids) =>
    tx.conversations.setPurged(scope, ids.conversation, [
      { from: 1, to: 1, quiet: 0, why: 'retention', days: 1, memberId: null },
    ]),
  'imports.insert': (tx, scope, ids) => tx.imports.insert(scope, anImport(ids.conversation, ids.ana)),
  'imports.update': (tx, scope, ids) => tx.imports.update(scope, ids.import, { state: 'done' }),
  'imports.takeDown': (tx, scope, ids) =>
    tx.imports.takeDown(scope, [
      { conversationId: ids.conversation, importId: ids.import, number: 77, fingerprint: aFingerprint(77) },
    ]),
  'imports.forget': (tx, scope, ids) => tx.imports.forget(scope, ids.import, ['first'.length]),
  'changes.append': (tx, scope, ids) => noteDepartment(tx, scope, 'org', ids.department, 'Changed'),
  'changes.forget': (tx, scope, ids) => tx.changes.forget(scope, 'org', 'department', [ids.department]),
  'changes.forgetBefore': (tx, scope) => tx.changes.forgetBefore(scope, 1),
}

/** T1, writing: another organisation's rows are never changed. */
export function tenantWritesContract(stage: Stage): void {
  for (const [name, change] of Object.entries(WRITES)) {
    test(`T1: ${name} changes nothing of an organisation with the same ids`, async () => {
      const ids = twinIds()
      const first = await makeTwin(stage.storage, ids, 'first')
      const second = await makeTwin(stage.storage, ids, 'second')
      const before = await everythingOf(stage.storage, second.scope, ids)
      await stage.storage.transactions.run(first.scope, (tx) => change(tx, first.scope, ids))
      expect(await everythingOf(stage.storage, second.scope, ids)).toEqual(before)
    })
  }

  test('T1: no write with a foreign id changes anything, whether it is refused or does nothing', async () => {
    const ids = twinIds()
    const theirs = await makeTwin(stage.storage, ids, 'theirs')
    const scope = await makeOrganisation(stage.storage)
    const before = await everythingOf(stage.storage, theirs.scope, ids)
    for (const change of Object.values(WRITES)) {
      await stage.storage.transactions.run(scope, (tx) => change(tx, scope, ids)).catch(() => undefined)
    }
    expect(await everythingOf(stage.storage, theirs.scope, ids)).toEqual(before)
    expect(await stage.storage.read.members.list(scope)).toEqual([])
  })

  test('T1: a message or a mark for a foreign conversation is refused', async () => {
    const ids = twinIds()
    const theirs = await makeTwin(stage.storage, ids, 'theirs')
    const scope = await makeOrganisation(stage.storage)
    const before = await everythingOf(stage.storage, theirs.scope, ids)
    const mark = { conversationId: ids.conversation, memberId: ids.ben, delivered: 9, seen: 9 }
    await expect(send(stage.storage, { ...theirs, scope })).rejects.toThrow()
    await expect(raise(stage.storage, scope, mark)).rejects.toThrow()
    expect(await everythingOf(stage.storage, theirs.scope, ids)).toEqual(before)
  })

  test('T1: a message of one organisation leaves numbers and heads of its twin alone', async () => {
    const ids = twinIds()
    const first = await makeTwin(stage.storage, ids, 'first')
    const second = await makeTwin(stage.storage, ids, 'second')
    const before = await everythingOf(stage.storage, second.scope, ids)
    expect(await send(stage.storage, first)).toMatchObject({ data: { number: 2 } })
    expect(await everythingOf(stage.storage, second.scope, ids)).toEqual(before)
    expect(await send(stage.storage, second)).toMatchObject({ data: { number: 2 }, seq: before.head + 1 })
  })
}
