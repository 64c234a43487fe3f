import type { ChangeFeedWriter, FeedEntry } from '../../../kernel/change-feed.ts'

export type Audience = FeedEntry['audience']
export type ChangeKind = FeedEntry['kind']
export type Change = Awaited<ReturnType<ChangeFeedWriter['append']>>
