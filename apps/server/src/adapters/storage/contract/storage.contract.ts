import { afterAll, beforeAll, describe } from 'vitest'
import { activityContract } from './activity.contract.ts'
import { changeFeedContract } from './change-feed.contract.ts'
import type { OpenedStorage, Stage } from './contract-fixture.ts'
import { ownMessagesContract } from './own-messages.contract.ts'
import { chatPreferencesContract } from './chat-preferences.contract.ts'
import { conversationsContract } from './conversations.contract.ts'
import { filesContract } from './files.contract.ts'
import { disappearingContract } from './disappearing.contract.ts'
import { groupsContract } from './groups.contract.ts'
import { mentionsContract } from './mentions.contract.ts'
import { importsContract } from './imports.contract.ts'
import { invitesContract } from './invites.contract.ts'
import { membersContract } from './members.contract.ts'
import { messagesContract } from './messages.contract.ts'
import { revisionsContract } from './revisions.contract.ts'
import { purgesContract } from './purges.contract.ts'
import { organisationsContract } from './organisations.contract.ts'
import { searchVisibilityContract } from './search-visibility.contract.ts'
import { searchContract } from './search.contract.ts'
import { pushesContract } from './pushes.contract.ts'
import { sessionsContract } from './sessions.contract.ts'
import type { Storage } from './storage.ts'
import { tenantReadsContract } from './tenant-reads.contract.ts'
import { tenantWritesContract } from './tenant-writes.contract.ts'
import { undoContract } from './undo.contract.ts'
import { visibilityContract } from './visibility.contract.ts'
import { serialContract } from './serial.contract.ts'
import { durabilityContract } from './durability.contract.ts'

/**
 * What every storage engine has to keep (rules T1-T5, Y1, Y2, Y8). The storage is opened once; every test makes organisations of
 * its own.
 */
export function storageContract(open: () => Promise<OpenedStorage>): void {
  let opened: OpenedStorage | undefined
  let storage: Storage | undefined
  const stage: Stage = {
    get storage() {
      if (!storage) throw new Error('the storage is not open yet')
      return storage
    },
    get reopen() {
      const again = opened?.reopen
      return again && (async () => (storage = await again()))
    },
  }
  beforeAll(async () => {
    opened = await open()
    storage = opened.storage
  })
  afterAll(async () => {
    await storage?.close()
    await opened?.destroy()
  })
  describe('transactions', () => {
    serialContract(stage)
    visibilityContract(stage)
    undoContract(stage)
    durabilityContract(stage)
  })
  describe('change feed', () => changeFeedContract(stage))
  describe('activity log', () => activityContract(stage))
  describe('messages', () => messagesContract(stage))
  describe('revisions', () => revisionsContract(stage))
  describe('what is gone for good', () => purgesContract(stage))
  describe('imports', () => importsContract(stage))
  describe('conversations', () => conversationsContract(stage))
  describe('groups', () => groupsContract(stage))
  describe('disappearing messages', () => disappearingContract(stage))
  describe('chat preferences', () => chatPreferencesContract(stage))
  describe('own messages', () => ownMessagesContract(stage))
  describe('mentions', () => mentionsContract(stage))
  describe('members', () => membersContract(stage))
  describe('organisations and departments', () => organisationsContract(stage))
  describe('sessions', () => sessionsContract(stage))
  describe('invites', () => invitesContract(stage))
  describe('search', () => {
    searchContract(stage)
    searchVisibilityContract(stage)
  })
  describe('pushes', () => pushesContract(stage))
  describe('files', () => filesContract(stage))
  describe('tenant wall, reading', () => tenantReadsContract(stage))
  describe('tenant wall, writing', () => tenantWritesContract(stage))
}
