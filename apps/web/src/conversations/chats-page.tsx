'use client'

import { useConversation } from '@parley/react/hooks'
import { clsx } from 'clsx'
import { useCallback, useState } from 'react'
import { ViewerHost } from '../files/viewer-host.tsx'
import { useQuery } from '../frame/navigation.ts'
import { usePageTitle } from '../frame/use-page-title.ts'
import { lazyPart } from '../frame/lazy-part.tsx'
import { useText } from '../text/use-text.ts'
import { ChatListPane } from './chat-list-pane.tsx'
import { ConversationPane } from './conversation-pane.tsx'
import { NoChatOpen } from './no-chat-open.tsx'

/** Panes that are opened by a click, and fetched with it. */
const ContactDetails = lazyPart(() =>
  import('../members/contact-details.tsx').then((module) => module.ContactDetails),
)
const GroupDetails = lazyPart(() =>
  import('../groups/group-details.tsx').then((module) => module.GroupDetails),
)
const MessageInfo = lazyPart(() =>
  import('../messages/message-info.tsx').then((module) => module.MessageInfo),
)

type Details = { readonly kind: 'contact' } | { readonly kind: 'message'; readonly id: string } | null

export function ChatsPage() {
  const selected = useQuery().get('c')
  const [details, setDetails] = useState<Details>(null)
  const close = useCallback(() => setDetails(null), [])
  const onInfo = useCallback((message: { id: string }) => setDetails({ kind: 'message', id: message.id }), [])
  // Message info belongs to one chat; the contact pane follows from chat to chat.
  const [shownFor, setShownFor] = useState(selected)
  if (shownFor !== selected) {
    setShownFor(selected)
    if (details?.kind === 'message' || selected === null) setDetails(null)
  }

  return (
    <ViewerHost conversationId={selected}>
      <div
        className={clsx('panes', selected && details && 'with-details')}
        data-page="chats"
        data-show={selected ? 'main' : 'list'}
      >
        <ChatListPane selected={selected} />
        <main className="main" id="content" tabIndex={-1}>
          {selected ? (
            <ConversationPane
              key={selected}
              conversationId={selected}
              detailsOpen={details?.kind === 'contact'}
              onToggleDetails={() =>
                setDetails((before) => (before?.kind === 'contact' ? null : { kind: 'contact' }))
              }
              onInfo={onInfo}
            />
          ) : (
            <NothingOpen />
          )}
        </main>
        {selected && details ? (
          <ChatDetails conversationId={selected} details={details} onClose={close} />
        ) : null}
      </div>
    </ViewerHost>
  )
}

function NothingOpen() {
  usePageTitle(useText()('chats.title'))
  return <NoChatOpen />
}

interface ChatDetailsProps {
  conversationId: string
  details: NonNullable<Details>
  onClose: () => void
}

function ChatDetails({ conversationId, details, onClose }: ChatDetailsProps) {
  const view = useConversation(conversationId)
  if (details.kind === 'contact') {
    if (view?.conversation.group) return <GroupDetails key={conversationId} view={view} onClose={onClose} />
    return view?.other ? <ContactDetails member={view.other} chat={view} onClose={onClose} /> : null
  }
  const message = view?.messages.find((one) => one.id === details.id)
  return message ? <MessageInfo key={message.id} message={message} onClose={onClose} /> : null
}
