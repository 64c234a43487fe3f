import type { ChangeDraft, ChangeFeedWriter, FeedEntry } from '../../../kernel/change-feed.ts'

// By way of the port: an adapter does not know the contracts.
export type Audience = FeedEntry['audience']
export type ChangeKind = FeedEntry['kind']
export type Change = Awaited<ReturnType<ChangeFeedWriter['append']>>
export type ChangeFor<K extends ChangeKind> = Extract<Change, { kind: K }>
export type ChangeData<K extends ChangeKind> = NonNullable<ChangeDraft<K>['data']>
