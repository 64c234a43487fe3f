'use client'

import type { ConversationView } from '@parley/client/client-api'
import { useMe, useMember } from '@parley/react/hooks'
import { useState } from 'react'
import { DetailsPane } from '../frame/details-pane.tsx'
import '../text/words/group-pane.ts'
import { useText } from '../text/use-text.ts'
import { whenWithin } from '../time/format.ts'
import { useNow } from '../time/use-now.ts'
import { GroupHead } from './group-head.tsx'
import { GroupSettings } from './group-settings.tsx'
import { AllMembers, SomeMembers } from './group-members.tsx'

interface GroupDetailsProps {
  view: ConversationView
  onClose: () => void
}

/** What a group is: its name, its people and its settings, or everybody in it; what may be changed of it can be changed here. */
export function GroupDetails({ view, onClose }: GroupDetailsProps) {
  const t = useText()
  const me = useMe()?.id
  const [showsAll, setShowsAll] = useState(false)
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
  return (
    <DetailsPane title={t('groups.details')} onClose={onClose}>
      <GroupHead view={view} group={group} isAdmin={isAdmin} />
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
      {kept ? null : (
        <>
          <SomeMembers view={view} isAdmin={isAdmin} onShowAll={() => setShowsAll(true)} />
          <GroupSettings conversationId={view.conversation.id} group={group} isAdmin={isAdmin} />
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
