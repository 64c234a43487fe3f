'use client'

import { useConnection, useMember } from '@parley/react/hooks'
import { FileText, Images, Link2, Mic, RotateCw, TriangleAlert, type LucideIcon } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { Button } from '../controls/button.tsx'
import { State } from '../controls/state.tsx'
import { DetailsPane } from '../frame/details-pane.tsx'
import '../text/words/attach.ts'
import { useText } from '../text/use-text.ts'
import { whenShort } from '../time/format.ts'
import { useNow } from '../time/use-now.ts'
import { ChatLinks } from './chat-links.tsx'
import { DocumentCard } from './document-card.tsx'
import type { SharedItem, SharedKind } from './shared-list.ts'
import { useSharedList } from './use-shared-list.ts'
import { SharedThumb } from './shared-thumb.tsx'
import { SoundCard } from './sound-card.tsx'

const tabs = ['media', 'documents', 'links', 'voice'] as const
type Tab = (typeof tabs)[number]

const empty: Readonly<
  Record<Tab, { icon: LucideIcon; title: `chatFiles.${'noMedia' | 'noDocuments' | 'noLinks' | 'noVoice'}` }>
> = {
  media: { icon: Images, title: 'chatFiles.noMedia' },
  documents: { icon: FileText, title: 'chatFiles.noDocuments' },
  links: { icon: Link2, title: 'chatFiles.noLinks' },
  voice: { icon: Mic, title: 'chatFiles.noVoice' },
}

interface ChatFilesProps {
  conversationId: string
  onBack: () => void
  onClose: () => void
}

/** Everything that was shared in a conversation, by kind. */
export function ChatFiles({ conversationId, onBack, onClose }: ChatFilesProps) {
  const t = useText()
  const [tab, setTab] = useState<Tab>('media')
  return (
    <DetailsPane title={t('chatFiles.title')} onClose={onClose} onBack={onBack} bare>
      <Tabs value={tab} onChange={setTab} />
      <div
        className="scroll shared-list"
        role="tabpanel"
        id="shared-panel"
        aria-labelledby={`shared-${tab}`}
        tabIndex={0}
      >
        {tab === 'links' ? (
          <ChatLinks conversationId={conversationId} none={<None tab="links" />} />
        ) : (
          <Files key={tab} conversationId={conversationId} which={tab} />
        )}
      </div>
    </DetailsPane>
  )
}

function Tabs({ value, onChange }: { value: Tab; onChange: (tab: Tab) => void }) {
  const t = useText()
  const list = useRef<HTMLDivElement>(null)
  function onKeyDown(event: KeyboardEvent) {
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl'
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const next = tabs[(tabs.indexOf(value) + (rtl ? -step : step) + tabs.length) % tabs.length] ?? value
    onChange(next)
    list.current?.querySelector<HTMLElement>(`#shared-${next}`)?.focus()
  }
  return (
    <div
      ref={list}
      className="kind-tabs"
      role="tablist"
      aria-label={t('chatFiles.kinds')}
      onKeyDown={onKeyDown}
    >
      {tabs.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={`shared-${tab}`}
          aria-selected={tab === value}
          aria-controls="shared-panel"
          tabIndex={tab === value ? 0 : -1}
          onClick={() => onChange(tab)}
        >
          {t(`chatFiles.${tab}`)}
        </button>
      ))}
    </div>
  )
}

function None({ tab }: { tab: Tab }) {
  const t = useText()
  const { icon, title } = empty[tab]
  return (
    <State icon={icon} title={t(title)}>
      {t('chatFiles.noneHint')}
    </State>
  )
}

function Files({ conversationId, which }: { conversationId: string; which: SharedKind }) {
  const t = useText()
  const { items, load, reachedStart, loading, failed } = useSharedList(conversationId, which)
  const live = useConnection() === 'live'
  const more = useNearEnd(() => void load())
  useEffect(() => {
    if (live && items.length === 0) void load()
  }, [live, items.length, load])

  if (items.length === 0 && (reachedStart || !live)) return <None tab={which} />
  return (
    <>
      {which === 'media' ? (
        <div className="shared-grid">
          {items.map((item) => (
            <SharedThumb key={item.file.id} conversationId={conversationId} item={item} />
          ))}
        </div>
      ) : (
        <ul className="shared-rows">
          {items.map((item) => (
            <li key={item.file.id}>
              <Row conversationId={conversationId} item={item} />
            </li>
          ))}
        </ul>
      )}
      {failed && live ? (
        <State
          icon={TriangleAlert}
          tone="red"
          title={t('chatFiles.failed')}
          acts={
            <Button icon={RotateCw} onClick={() => void load()}>
              {t('acts.tryAgain')}
            </Button>
          }
        />
      ) : null}
      {!live ? <p className="hint shared-hint">{t('chatFiles.offline')}</p> : null}
      {reachedStart || failed || !live ? null : (
        <div ref={more} className="shared-more" aria-busy={loading} />
      )}
    </>
  )
}

function Row({ conversationId, item }: { conversationId: string; item: SharedItem }) {
  const t = useText()
  const now = useNow()
  const sender = useMember(item.senderId)
  const name = item.author ?? sender?.name ?? t('chats.formerMember')
  const message = { id: item.messageId, conversationId, number: item.number }
  return (
    <>
      {item.file.kind === 'document' ? (
        <DocumentCard message={message} file={item.file} />
      ) : (
        <SoundCard message={message} file={item.file} senderName={name} />
      )}
      <span className="by cut">
        <bdi>{t('chatFiles.by', { name, when: whenShort(t, item.sentAt, now) })}</bdi>
      </span>
    </>
  )
}

/** Calls when what it stands on comes near the edge of what is seen. */
function useNearEnd(call: () => void) {
  const mark = useRef<HTMLDivElement>(null)
  const latest = useRef(call)
  useEffect(() => {
    latest.current = call
  })
  useEffect(() => {
    const element = mark.current
    if (!element) return
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) latest.current()
      },
      { rootMargin: '300px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  })
  return mark
}
