'use client'

import type { ConversationView } from '@parley/client/client-api'
import { useMe, useMember } from '@parley/react/hooks'
import { useState } from 'react'
import { ChatChoices } from '../chat-preferences/chat-choices.tsx'
import { StarredHere } from '../chat-preferences/starred-pane.tsx'
import { DetailsPane } from '../frame/details-pane.tsx'
import '../text/words/group-pane.ts'
import { useFind } from '../search/use-find.ts'
import { useText } from '../text/use-text.ts'
import { whenWithin } from '../time/format.ts'
import { useNow } from '../time/use-now.ts'
import { LatestFiles } from '../files/latest-files.tsx'
import { lazyPart } from '../frame/lazy-part.tsx'
import { MovingSection } from '../imports/moving-section.tsx'
import { GroupHead } from './group-head.tsx'
import { GroupSettings } from './group-settings.tsx'
import { AllMembers, SomeMembers } from './group-members.tsx'

const ChatFiles = lazyPart(() => import('../files/chat-files.tsx').then((module) => module.ChatFiles))

interface GroupDetailsProps {
  view: ConversationView
  onClose: () => void
}

/** What a group is: its name, its people and its settings, or everybody in it; what may be changed of it can be changed here. */
export function GroupDetails({ view, onClose }: GroupDetailsProps) {
  const t = useText()
  const me = useMe()?.id
  const [showsAll, setShowsAll] = useState(false)
  const find = useFind(onClose)
  const [showsFiles, setShowsFiles] = useState(false)
  const [showsStarred, setShowsStarred] = useState(false)
  const { group, kept } = view.conversation
  if (!group) return null
  const isAdmin = me !== undefined && group.adminIds.includes(me)
  if (showsAll && !kept) {
    return (
      <DetailsPane title={t('groupDetails.members')} onClose={onClose} onBack={() => setShowsAll(false)} bare>
        <AllMembers view={view} isAdmin={isAdmin} />
      </DetailsPane>
    )
  }
  const conversationId = view.conversation.id
  if (showsStarred)
    return (
      <StarredHere conversationId={conversationId} onBack={() => setShowsStarred(false)} onClose={onClose} />
    )
  if (showsFiles)
    return <ChatFiles conversationId={conversationId} onBack={() => setShowsFiles(false)} onClose={onClose} />
  return (
    <DetailsPane title={t('groups.details')} onClose={onClose}>
      <GroupHead view={view} group={group} isAdmin={isAdmin} onFind={find} />
      {group.description ? (
        <section className="sect">
          <header>
            <h3>{t('groupDetails.description')}</h3>
          </header>
          <p className="text-sm whitespace-pre-wrap wrap-anywhere" dir="auto">
            {group.description}
          </p>
        </section>
      ) : null}
      <LatestFiles conversationId={conversationId} onShowAll={() => setShowsFiles(true)} />
      <ChatChoices view={view} onStarred={() => setShowsStarred(true)} />
      {kept ? null : (
        <>
          <SomeMembers view={view} isAdmin={isAdmin} onShowAll={() => setShowsAll(true)} />
          <GroupSettings conversationId={view.conversation.id} group={group} isAdmin={isAdmin} />
          <MovingSection view={view} isAdmin={isAdmin} />
        </>
      )}
      <Created view={view} />
    </DetailsPane>
  )
}

function Created({ view }: { view: ConversationView }) {
  const t = useText()
  const now = useNow()
  const { createdBy, createdAt } = view.conversation
  const name = useMember(createdBy)?.name ?? t('chats.formerMember')
  return (
    <p className="sect text-xs text-ink-3">
      <bdi>{t('groupDetails.created', { name, when: whenWithin(t, createdAt, now) })}</bdi>
    </p>
  )
}
