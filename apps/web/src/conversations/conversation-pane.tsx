'use client'

import type { ConversationView, MessageView } from '@parley/client/client-api'
import { useConnection, useConversation, useTyping, useWatchPresence } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { MessageCircle, RotateCw, SearchX, TriangleAlert } from 'lucide-react'
import { useCallback, useEffect, useRef, useState, type Ref } from 'react'
import { TalkBones } from '../controls/bones.tsx'
import { Button } from '../controls/button.tsx'
import { State } from '../controls/state.tsx'
import { DropArea } from '../files/drop-area.tsx'
import { lazyPart } from '../frame/lazy-part.tsx'
import { useGo } from '../frame/navigation.ts'
import { usePageTitle } from '../frame/use-page-title.ts'
import { useIsTouch } from '../controls/use-media.ts'
import { MessageStream } from '../messages/message-stream.tsx'
import { useMessageActs } from '../messages/use-message-acts.ts'
import { useText } from '../text/use-text.ts'
import { ComposerClosed } from './composer-closed.tsx'
import type { ComposerHandle } from './composer.tsx'
import { conversationName } from './conversation-name.ts'
import { DraftComposer } from './draft-composer.tsx'
import { BareHeader, ConversationHeader } from './conversation-header.tsx'
import { useFinding } from '../search/use-finding.ts'
import { useAskedMessage } from './use-asked-message.ts'
import { useReachUnread } from './use-reach-unread.ts'
import type { About } from './use-writing.ts'

const EditComposer = lazyPart(() => import('./edit-composer.tsx').then((module) => module.EditComposer))

const ChatSearch = lazyPart(() => import('../search/chat-search.tsx').then((module) => module.ChatSearch))

interface ConversationPaneProps {
  conversationId: string
  detailsOpen: boolean
  onToggleDetails: () => void
  onInfo: (message: MessageView) => void
}

/** One open conversation. Keyed by its id, so that nothing of another chat lingers. */
export function ConversationPane({
  conversationId,
  detailsOpen,
  onToggleDetails,
  onInfo,
}: ConversationPaneProps) {
  const t = useText()
  const view = useConversation(conversationId)
  const composer = useRef<ComposerHandle>(null)
  const onEdit = useCallback((text: string) => composer.current?.putBack(text), [])
  const isTouch = useIsTouch()
  // A finger's keyboard would cover what was just jumped to.
  const onJumped = () => (isTouch ? undefined : composer.current?.focus())
  const stopFinding = () => {
    toggleFinding()
    onJumped()
  }
  const [finding, toggleFinding] = useFinding()
  const [about, setAbout] = useState<About | null>(null)
  const begin = useCallback((next: About | null) => {
    setAbout(next)
    // the menu that this was chosen in takes the focus back when it closes
    setTimeout(() => composer.current?.focus())
  }, [])
  const onReply = useCallback((message: MessageView) => begin({ kind: 'reply', message }), [begin])
  const onChange = useCallback(
    (message: MessageView) => begin({ kind: 'edit', message, text: message.text }),
    [begin],
  )
  const acts = useMessageActs({ conversationId, onEdit, onInfo, onReply, onChange })
  const typing = useTyping(conversationId).length > 0
  const { target, looking } = useAskedMessage(conversationId, view)
  const reached = useReachUnread(conversationId, view)
  const [opened, setOpened] = useState(false)
  const ready = opened || (reached && !looking)
  if (ready && !opened) setOpened(true)
  const name = conversationName(t, view)
  useWatchPresence(view?.other ? [view.other.id] : [])
  usePageTitle(view ? name : t('chats.title'))

  if (!view) return <Missing />
  return (
    <>
      <ConversationHeader
        view={view}
        detailsOpen={detailsOpen}
        onToggleDetails={onToggleDetails}
        finding={finding}
        onFind={toggleFinding}
      />
      {finding ? <ChatSearch conversationId={conversationId} onClose={stopFinding} /> : null}
      <DropArea
        name={name}
        onFiles={view.closed === null ? (files) => composer.current?.take?.(files) : null}
      >
        {view.messages.length > 0 && ready ? (
          <MessageStream
            key={view.place ?? 'present'}
            view={view}
            typing={typing}
            acts={acts}
            target={target}
            onJumped={onJumped}
          />
        ) : (
          <NoMessages view={view} name={name} />
        )}
        <PaneFoot
          view={view}
          name={name}
          composer={composer}
          about={about}
          onAbout={setAbout}
          onChange={onChange}
        />
      </DropArea>
    </>
  )
}

/** In the stream's place: nothing was said yet, it is being loaded, or cannot be. */
function NoMessages({ view, name }: { view: ConversationView; name: string }) {
  const t = useText()
  const client = useClient()
  return (
    <div className="talk" aria-busy={!view.reachedStart && view.loadFailure === null}>
      {view.loadFailure !== null ? (
        <div className="centre">
          <State
            icon={TriangleAlert}
            tone="red"
            alert
            title={t('conversation.loadFailed')}
            acts={
              <Button
                look="primary"
                icon={RotateCw}
                onClick={() => void client.openConversation(view.conversation.id)}
              >
                {t('acts.tryAgain')}
              </Button>
            }
          >
            {view.loadFailure}
          </State>
        </div>
      ) : view.reachedStart && view.messages.length === 0 ? (
        <div className="centre">
          <State icon={MessageCircle} tone="accent" title={t('conversation.empty')}>
            <bdi>{t(view.conversation.group ? 'groups.empty' : 'conversation.emptyHint', { name })}</bdi>
          </State>
        </div>
      ) : (
        <TalkBones />
      )}
    </div>
  )
}

interface PaneFootProps {
  view: ConversationView
  name: string
  composer: Ref<ComposerHandle>
  about: About | null
  onAbout: (about: About | null) => void
  onChange: (message: MessageView) => void
}

/** Where one writes: a message, an answer, another text for one that was sent; or why one cannot. */
function PaneFoot({ view, name, composer, about, onAbout, onChange }: PaneFootProps) {
  const conversationId = view.conversation.id
  if (view.closed !== null) {
    const begun = about?.kind === 'edit' ? about.text : null
    return <ComposerClosed conversationId={conversationId} because={view.closed} name={name} begun={begun} />
  }
  if (about?.kind === 'edit')
    return <EditComposer key={about.message.id} ref={composer} about={about} onChange={onAbout} name={name} />
  return (
    <DraftComposer
      ref={composer}
      conversationId={conversationId}
      name={name}
      about={about}
      onDone={() => onAbout(null)}
      onChangeLast={() => {
        const last = view.messages.findLast(isOwnAndSent)
        if (last) onChange(last)
      }}
    />
  )
}

const isOwnAndSent = ({ number, notice, delivery, deleted }: MessageView) =>
  number !== null && notice === null && delivery !== 'received' && !deleted

/** Not there: either the store has not caught up yet, or this address leads nowhere. */
function Missing() {
  const t = useText()
  const go = useGo()
  const connection = useConnection()
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 1_500)
    return () => clearTimeout(timer)
  }, [])
  if (!late || connection === 'starting' || connection === 'catching-up' || connection === 'connecting') {
    return (
      <>
        <BareHeader />
        <div className="talk" aria-busy="true">
          <TalkBones />
        </div>
      </>
    )
  }
  return (
    <>
      <BareHeader />
      <div className="centre">
        <State
          icon={SearchX}
          title={t('chats.goneTitle')}
          acts={<Button onClick={() => go('/chats')}>{t('chats.toChats')}</Button>}
        >
          {t('chats.gone')}
        </State>
      </div>
    </>
  )
}
