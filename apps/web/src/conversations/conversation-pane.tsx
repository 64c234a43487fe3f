'use client'

import type { ConversationView, MessageView } from '@parley/client/client-api'
import { useConnection, useConversation, useMe, useTyping, useWatchPresence } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { MessageCircle, RotateCw, SearchX, TriangleAlert } from 'lucide-react'
import { useCallback, useEffect, useRef, useState, type Ref, type RefObject } from 'react'
import { TalkBones } from '../controls/bones.tsx'
import { Button } from '../controls/button.tsx'
import { State } from '../controls/state.tsx'
import { DropArea } from '../files/drop-area.tsx'
import { lazyPart } from '../frame/lazy-part.tsx'
import { useGo } from '../frame/navigation.ts'
import { usePageTitle } from '../frame/use-page-title.ts'
import { useIsTouch } from '../controls/use-media.ts'
import { MessageStream } from '../messages/message-stream.tsx'
import { MessageDialog, type Asked } from '../messages/message-dialog.tsx'
import { useSelection } from '../messages/use-selection.ts'
import { useRefusals } from '../messages/use-refusals.ts'
import { usePurgeLine } from '../messages/use-purge-line.ts'
import { useMessageActs } from '../messages/use-message-acts.ts'
import { useText } from '../text/use-text.ts'
import { aboutNow } from './about-now.ts'
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

const SelectionBar = lazyPart(() =>
  import('../messages/selection-bar.tsx').then((module) => module.SelectionBar),
)
const PinBanner = lazyPart(() => import('../messages/pin-banner.tsx').then((module) => module.PinBanner))
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
  const isTouch = useIsTouch()
  // A finger's keyboard would cover what was just jumped to.
  const onJumped = () => (isTouch ? undefined : composer.current?.focus())
  const stopFinding = () => {
    toggleFinding()
    onJumped()
  }
  const [finding, toggleFinding] = useFinding()
  const doing = useDoing(conversationId, composer, onInfo)
  const { asked, chosen, stopSelecting } = doing
  const typing = useTyping(conversationId).length > 0
  const { target, ready } = useOpening(conversationId, view)
  const name = conversationName(t, view)
  useWatchPresence(view?.other ? [view.other.id] : [])
  useRefusals()
  usePageTitle(view ? name : t('chats.title'))

  const me = useMe()
  if (!view) return <Missing />
  const isAdminHere = me !== null && (view.conversation.group?.adminIds.includes(me.id) ?? false)
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
        {view.pins.length > 0 ? <PinBanner view={view} acts={doing.acts} /> : null}
        {view.messages.length > 0 && ready ? (
          <MessageStream
            key={view.place ?? 'present'}
            view={view}
            typing={typing}
            acts={doing.acts}
            target={target}
            chosen={chosen}
            onJumped={onJumped}
          />
        ) : (
          <NoMessages view={view} name={name} />
        )}
        {chosen ? (
          <SelectionBar
            messages={view.messages.filter(({ id }) => chosen.has(id))}
            admin={isAdminHere}
            onAsk={doing.setAsked}
            onClose={stopSelecting}
          />
        ) : (
          <PaneFoot view={view} name={name} composer={composer} doing={doing} />
        )}
      </DropArea>
      {asked ? (
        <MessageDialog
          asked={asked}
          shown={view.messages}
          onDone={stopSelecting}
          onClose={() => doing.setAsked(null)}
        />
      ) : null}
    </>
  )
}

/** What is being done with messages of the chat: one is answered or changed, a dialog stands, several are chosen. */
function useDoing(
  conversationId: string,
  composer: RefObject<ComposerHandle | null>,
  onInfo: (message: MessageView) => void,
) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const [chosen, select, stopSelecting] = useSelection()
  const onEdit = useCallback((text: string) => composer.current?.putBack(text), [composer])
  const [about, setAbout] = useState<About | null>(null)
  const begin = useCallback(
    (next: About | null) => {
      setAbout(next)
      // the menu that this was chosen in takes the focus back when it closes
      setTimeout(() => composer.current?.focus())
    },
    [composer],
  )
  const onReply = useCallback((message: MessageView) => begin({ kind: 'reply', message }), [begin])
  const onChange = useCallback(
    (message: MessageView) => begin({ kind: 'edit', message, text: message.text }),
    [begin],
  )
  const acts = useMessageActs({
    conversationId,
    onEdit,
    onInfo,
    onReply,
    onChange,
    onAsk: setAsked,
    onSelect: select,
  })
  return { about, setAbout, onChange, asked, setAsked, chosen, stopSelecting, acts }
}

/** Brings the stream to where it is to be opened. @returns a message that was asked for, and whether the stream can be shown */
function useOpening(conversationId: string, view: ConversationView | null) {
  const { target, looking } = useAskedMessage(conversationId, view)
  const reached = useReachUnread(conversationId, view)
  const [opened, setOpened] = useState(false)
  // nothing is placed before there is something to place
  const ready = opened || (view !== null && view.messages.length > 0 && reached && !looking)
  if (ready && !opened) setOpened(true)
  return { target, ready }
}

/** In the stream's place: nothing was said yet, it is being loaded, or cannot be. */
function NoMessages({ view, name }: { view: ConversationView; name: string }) {
  const t = useText()
  const client = useClient()
  const purgeLine = usePurgeLine(view)
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
          <State
            icon={MessageCircle}
            tone="accent"
            title={t(purgeLine ? 'conversation.emptyNow' : 'conversation.empty')}
          >
            <bdi>
              {purgeLine ?? t(view.conversation.group ? 'groups.empty' : 'conversation.emptyHint', { name })}
            </bdi>
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
  doing: ReturnType<typeof useDoing>
}

/** Where one writes: a message, an answer, another text for one that was sent; or why one cannot. */
function PaneFoot({ view, name, composer, doing }: PaneFootProps) {
  const client = useClient()
  const { setAbout: onAbout, onChange } = doing
  const about = aboutNow(doing.about, view.messages, client.now())
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
