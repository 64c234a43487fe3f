'use client'

import type { ConversationView } from '@parley/client/client-api'
import type { Member } from '@parley/contracts/members/member'
import { useAccounts, useDepartments, useMe, useOwnProfile } from '@parley/react/hooks'
import { MessageCircle, Search, Settings2, UserPen, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { ChatChoices } from '../chat-preferences/chat-choices.tsx'
import { StarredHere } from '../chat-preferences/starred-pane.tsx'
import { useWhyNoChat } from '../communication/use-why-no-chat.ts'
import { Button } from '../controls/button.tsx'
import { DetailsPane } from '../frame/details-pane.tsx'
import { useGo } from '../frame/navigation.ts'
import { lazyPart } from '../frame/lazy-part.tsx'
import { MovingSection } from '../imports/moving-section.tsx'
import { LatestFiles } from '../files/latest-files.tsx'
import { usePresenceText } from '../presence/use-presence-text.ts'
import { useMayCreate } from '../groups/use-may-create.ts'
import { useOpeners } from '../search/openers.ts'
import { useFind } from '../search/use-find.ts'
import { useText } from '../text/use-text.ts'
import { Avatar } from './avatar.tsx'
import { departmentNames } from './find-members.ts'
import { useStartChat } from './use-start-chat.ts'
import '../text/words/people.ts'

const ChatFiles = lazyPart(() => import('../files/chat-files.tsx').then((module) => module.ChatFiles))

interface ContactDetailsProps {
  member: Member
  /** The chat with them, where one is in it already: no button leads there, and what was shared in it is shown. */
  chat?: ConversationView | null
  onClose: () => void
}

export function ContactDetails({ member, chat = null, onClose }: ContactDetailsProps) {
  const t = useText()
  const [showsFiles, setShowsFiles] = useState(false)
  const [showsStarred, setShowsStarred] = useState(false)
  const departments = departmentNames(member, useDepartments())
  const presence = usePresenceText(member)
  const find = useFind(onClose)
  if (showsStarred && chat)
    return (
      <StarredHere
        conversationId={chat.conversation.id}
        onBack={() => setShowsStarred(false)}
        onClose={onClose}
      />
    )
  if (showsFiles && chat)
    return (
      <ChatFiles
        conversationId={chat.conversation.id}
        onBack={() => setShowsFiles(false)}
        onClose={onClose}
      />
    )
  return (
    <DetailsPane title={t('people.details')} onClose={onClose}>
      <div className="hero">
        <Avatar member={member} size="xl" presence />
        <h3 className="max-w-full font-semibold wrap-anywhere" dir="auto">
          {member.name}
        </h3>
        <span className="text-sm text-ink-3">{presence}</span>
        {member.statusText ? (
          <span className="mt-1 text-sm text-ink-2 wrap-anywhere" dir="auto">
            {member.statusText}
          </span>
        ) : null}
      </div>
      <ContactActs member={member} onFind={chat ? find : null} />
      {chat ? (
        <>
          <LatestFiles conversationId={chat.conversation.id} onShowAll={() => setShowsFiles(true)} />
          <ChatChoices view={chat} onStarred={() => setShowsStarred(true)} />
          <MovingSection view={chat} isAdmin={false} />
        </>
      ) : null}
      <Email member={member} />
      <section className="sect">
        <header>
          <h3>{t('people.role')}</h3>
        </header>
        <span className="badge">{t(`roles.${member.role}`)}</span>
      </section>
      <section className="sect">
        <header>
          <h3>{t('people.departments')}</h3>
        </header>
        {departments.length > 0 ? (
          <div className="details-tags">
            {departments.map((name) => (
              <span className="tag" key={name} dir="auto">
                {name}
              </span>
            ))}
          </div>
        ) : (
          <span className="text-sm text-ink-3">{t('people.noDepartment')}</span>
        )}
      </section>
    </DetailsPane>
  )
}

function Email({ member }: { member: Member }) {
  const t = useText()
  const email = useVisibleEmail(member)
  return email ? (
    <section className="sect">
      <header>
        <h3>{t('people.email')}</h3>
      </header>
      <a className="text-link text-sm wrap-anywhere" dir="ltr" href={`mailto:${email}`}>
        {email}
      </a>
    </section>
  ) : null
}

/** Admins see everybody's, everybody their own. */
function useVisibleEmail(member: Member): string | null {
  const account = useAccounts().get(member.id)
  const own = useOwnProfile()
  const isMe = useMe()?.id === member.id
  return account?.email ?? (isMe ? (own?.email ?? null) : null)
}

interface ContactActsProps {
  member: Member
  /** Begins the search of the chat with them, where it is open. */
  onFind: (() => void) | null
}

function ContactActs({ member, onFind }: ContactActsProps) {
  const t = useText()
  const go = useGo()
  const me = useMe()
  const startChat = useStartChat()
  const why = useWhyNoChat()(member)
  const isMe = member.id === me?.id
  const { openNewGroup } = useOpeners()
  const mayGroup = useMayCreate() === true && !isMe && member.state === 'active'
  const mayWrite = !onFind && !isMe && member.state === 'active'
  const mayManage = me?.role === 'admin' && !isMe
  if (!mayWrite && !mayManage && !mayGroup && !isMe && !onFind) return null
  return (
    <div className="acts">
      {mayWrite ? (
        <Button
          look="primary"
          icon={MessageCircle}
          aria-disabled={why !== null || undefined}
          data-tip={why ?? undefined}
          aria-describedby={why ? 'why-no-chat' : undefined}
          onClick={() => void startChat(member)}
        >
          {t('people.message')}
        </Button>
      ) : null}
      {onFind ? (
        <Button icon={Search} onClick={onFind}>
          {t('conversation.find')}
        </Button>
      ) : null}
      {mayGroup ? (
        <Button icon={UsersRound} onClick={() => openNewGroup([member.id])}>
          <bdi className="cut">{t('groups.newWith', { name: member.name })}</bdi>
        </Button>
      ) : null}
      {isMe ? (
        <Button icon={UserPen} onClick={() => go('/settings')}>
          {t('people.ownProfile')}
        </Button>
      ) : null}
      {mayManage ? (
        <Button icon={Settings2} onClick={() => go('/admin/people')}>
          {t('people.manage')}
        </Button>
      ) : null}
      {mayWrite && why ? (
        <p className="w-full text-xs text-ink-3" id="why-no-chat">
          {why}
        </p>
      ) : null}
    </div>
  )
}
