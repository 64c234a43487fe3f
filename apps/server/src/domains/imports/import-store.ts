import type { OrgScope } from '../../kernel/org-scope.ts'
import type { ImportedRecord, ImportRecord } from './import.ts'

export interface ImportReader {
  get(scope: OrgScope, importId: string): Promise<ImportRecord | null>
  /** What was imported into a conversation, newest first, at most `limit`. */
  ofConversation(scope: OrgScope, conversationId: string, limit: number): Promise<ImportRecord[]>
  /** Ids of all imports after one, in their order; `null` begins. */
  idsAfter(scope: OrgScope, importId: string | null, limit: number): Promise<string[]>
  /** Imports that run or are being taken back, at most `limit`. */
  unfinished(scope: OrgScope, limit: number): Promise<ImportRecord[]>
  /** Which of these fingerprints are in the conversation. */
  known(scope: OrgScope, conversationId: string, fingerprints: readonly string[]): Promise<Set<string>>
  /** The numbers of an import's messages from a number on, rising, at most `limit`. */
  numbersOf(scope: OrgScope, importId: string, from: number, limit: number): Promise<number[]>
}

export interface ImportWriter extends ImportReader {
  /** The id must be new; `get` tells. */
  insert(scope: OrgScope, record: ImportRecord): Promise<void>
  /** Does nothing when there is no such import. */
  update(
    scope: OrgScope,
    importId: string,
    patch: Partial<Omit<ImportRecord, 'id' | 'conversationId'>>,
  ): Promise<void>
  /** Takes down that messages came with an import; their fingerprints are new in the conversation. */
  takeDown(scope: OrgScope, imported: readonly ImportedRecord[]): Promise<void>
  /** Forgets messages of one import by their numbers. */
  forget(scope: OrgScope, importId: string, numbers: readonly number[]): Promise<void>
}
