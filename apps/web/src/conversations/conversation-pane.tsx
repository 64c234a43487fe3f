'use client'

import type { MessageView } from '@parley/client/client-api'
import { useConnection, useConversation, useTyping, useWatchPresence } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { MessageCircle, RotateCw, SearchX, TriangleAlert } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { TalkBones } from '../controls/bones.tsx'
import { Button } from '../controls/button.tsx'
import { State } from '../controls/state.tsx'
import { useGo } from '../frame/navigation.ts'
import { usePageTitle } from '../frame/use-page-title.ts'
import { useIsTouch } from '../controls/use-media.ts'
import { MessageStream } from '../messages/message-stream.tsx'
import { useMessageActs } from '../messages/use-message-acts.ts'
import { useText } from '../text/use-text.ts'
import { ComposerClosed } from './composer-closed.tsx'
import { Composer, type ComposerHandle } from './composer.tsx'
import { conversationName } from './conversation-name.ts'
import { BareHeader, ConversationHeader } from './conversation-header.tsx'
import { lazyPart } from '../frame/lazy-part.tsx'
import { useFinding } from '../search/use-finding.ts'
import { useReachUnread } from './use-reach-unread.ts'

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
  const client = useClient()
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
  const acts = useMessageActs({ onEdit, onInfo })
  const typing = useTyping(conversationId).length > 0
  const [finding, toggleFinding] = useFinding()
  const ready = useReachUnread(conversationId, view)
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
      {view.messages.length > 0 && ready ? (
        <MessageStream view={view} typing={typing} acts={acts} onJumped={onJumped} />
      ) : (
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
                    onClick={() => void client.openConversation(conversationId)}
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
      )}
      {view.closed === null ? (
        <Composer ref={composer} conversationId={conversationId} name={name} />
      ) : (
        <ComposerClosed conversationId={conversationId} because={view.closed} name={name} />
      )}
    </>
  )
}

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
