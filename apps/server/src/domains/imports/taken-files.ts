import type { FileRecord } from '../files/file.ts'
import type { FileReader } from '../files/file-store.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'

/**
 * Which files of archives this process has taken in, by import and name: a file that many messages name is stored once, and each of them refers
 * to it. After a restart it may be stored once more.
 */
export class TakenFiles {
  readonly #taken = new Map<string, Map<string, string>>()

  /** The file that was made of it, as it is now; null where it is to be taken in. */
  async find(files: FileReader, scope: OrgScope, importId: string, name: string): Promise<FileRecord | null> {
    const fileId = this.#taken.get(importId)?.get(name)
    const file = fileId === undefined ? null : await files.get(scope, fileId)
    return file?.state === 'finished' ? file : null
  }

  note(importId: string, name: string, fileId: string): void {
    const names = this.#taken.get(importId) ?? new Map<string, string>()
    this.#taken.set(importId, names.set(name, fileId))
  }

  /** The import is over. */
  forget(importId: string): void {
    this.#taken.delete(importId)
  }
}
