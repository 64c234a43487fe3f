import type { ImportReader, ImportWriter } from '../../../../domains/imports/import-store.ts'
import type { ImportedRecord, ImportRecord } from '../../../../domains/imports/import.ts'
import type { OrgScope } from '../../../../kernel/org-scope.ts'
import type { OrgView } from '../org-view.ts'
import { conversations, imported, imports, keyOf } from '../tables.ts'
import type { Views } from '../views.ts'
import type { WriteView } from '../write-view.ts'

export class ImportReads implements ImportReader {
  readonly #views: Views<OrgView>

  constructor(views: Views<OrgView>) {
    this.#views = views
  }

  async get(scope: OrgScope, importId: string): Promise<ImportRecord | null> {
    return (await this.#views(scope)).get(imports, importId)
  }

  async ofConversation(scope: OrgScope, conversationId: string, limit: number): Promise<ImportRecord[]> {
    const view = await this.#views(scope)
    return view.find(imports, { where: { conversationId }, order: ['startedAt', -1], limit })
  }

  async idsAfter(scope: OrgScope, importId: string | null, limit: number): Promise<string[]> {
    return (await this.#views(scope)).keysAfter(imports, importId, limit)
  }

  async unfinished(scope: OrgScope, limit: number): Promise<ImportRecord[]> {
    const view = await this.#views(scope)
    return view.find(imports, {
      where: { state: { in: ['running', 'undoing'] } },
      order: ['startedAt', 1],
      limit,
    })
  }

  async known(
    scope: OrgScope,
    conversationId: string,
    fingerprints: readonly string[],
  ): Promise<Set<string>> {
    const view = await this.#views(scope)
    const keys = fingerprints.map((fingerprint) => keyOf(imported, { conversationId, fingerprint }))
    const found = await view.getMany(imported, keys)
    return new Set([...found.values()].map(({ fingerprint }) => fingerprint))
  }

  async numbersOf(scope: OrgScope, importId: string, from: number, limit: number): Promise<number[]> {
    const view = await this.#views(scope)
    const where = { importId, number: { above: from - 1 } }
    const found = await view.find(imported, { where, order: ['number', 1], limit })
    return found.map(({ number }) => number)
  }
}

export class ImportWrites extends ImportReads implements ImportWriter {
  readonly #views: Views<WriteView>

  constructor(views: Views<WriteView>) {
    super(views)
    this.#views = views
  }

  async insert(scope: OrgScope, record: ImportRecord): Promise<void> {
    const view = await this.#views(scope)
    if (!(await view.get(conversations, record.conversationId)))
      throw new Error('an import needs a conversation')
    view.insert(imports, record)
  }

  async update(
    scope: OrgScope,
    importId: string,
    patch: Parameters<ImportWriter['update']>[2],
  ): Promise<void> {
    await (await this.#views(scope)).update(imports, importId, patch)
  }

  async takeDown(scope: OrgScope, records: readonly ImportedRecord[]): Promise<void> {
    const view = await this.#views(scope)
    for (const { importId } of records.slice(0, 1)) {
      if (!(await view.get(imports, importId))) throw new Error('what was imported came with an import')
    }
    for (const record of records) view.insert(imported, record)
  }

  async forget(scope: OrgScope, importId: string, numbers: readonly number[]): Promise<void> {
    const view = await this.#views(scope)
    const wanted = new Set(numbers)
    const from = Math.min(...numbers)
    const before = Math.max(...numbers) + 1
    for (const record of await view.find(imported, { where: { importId, number: { from, before } } }))
      if (wanted.has(record.number)) view.remove(imported, keyOf(imported, record))
  }
}
