import type { OrgScope } from '../../kernel/org-scope.ts'
import { takeInMessages, type TakenIn, type TakeInRead } from './take-in-messages.ts'

/** What keeps the index, by name: it reads what is stored and writes to nothing else. */
export const indexReads = {
  takeIn: (read: TakeInRead, { scope }: { readonly scope: OrgScope }): Promise<TakenIn> =>
    takeInMessages(read, scope),
}
