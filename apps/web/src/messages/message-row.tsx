'use client'

import type { MessageView } from '@parley/client/client-api'
import type { Member } from '@parley/contracts/members/member'
import { useDepartments } from '@parley/react/hooks'
import { clsx } from 'clsx'
import { Ban, Check, Forward, RotateCw, Star, Timer } from 'lucide-react'
import {
  memo,
  useEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
} from 'react'
import { Button } from '../controls/button.tsx'
import { MessageFiles } from '../files/message-files.tsx'
import { hueOf } from '../members/appearance.ts'
import { Avatar } from '../members/avatar.tsx'
import { departmentNames } from '../members/find-members.ts'
import { useText } from '../text/use-text.ts'
import { clock, longDateTime } from '../time/format.ts'
import type { MessageActs } from './message-acts.ts'
import { MessageBar } from './message-bar.tsx'
import { lazyPart } from '../frame/lazy-part.tsx'
import { MessageText } from './message-text.tsx'
import { ReactionChips } from './reaction-chips.tsx'
import { QuoteBlock } from './quote-block.tsx'
import { beginningOf, isFewEmoji } from './text-shape.ts'
import { Ticks } from './ticks.tsx'
import { useHold } from './use-hold.ts'

const LinkCard = lazyPart(
  () => import('./link-card.tsx').then((module) => module.LinkCard),
  <div className="link-card" />,
)

interface MessageRowProps {
  message: MessageView
  /** Opens a group: more space above, and the corner that points at its sender. */
  first: boolean
  senderName: string
  /** Whose name and picture stand beside it: in a group, of the others; null for somebody who is not known. */
  sender?: Member | null | undefined
  /** The other can still be written to; nothing is tried again that can only be refused again. */
  writable: boolean
  /** Whoever reads announcements may react to them. */
  reactable: boolean
  /** The person looks after this group. */
  admin: boolean
  /** Whether it is chosen, while messages are; null otherwise. */
  chosen: boolean | null
  /** Somebody came here to see it. */
  found: boolean
  acts: MessageActs
}

export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, first, senderName, sender, writable, reactable, admin, chosen, found, acts } = props
  const t = useText()
  const own = message.delivery !== 'received'
  const failed = message.delivery === 'failed'
  const [menu, setMenu] = useState(false)
  const hold = useHold(() => setMenu(true))
  const row = useFoundRow(found)
  return (
    <div
      ref={row}
      className={clsx(
        'msg-row',
        own && 'own',
        first && 'first',
        failed && 'failed',
        menu && 'acting',
        found && 'found',
        chosen !== null && 'choosing',
        chosen && 'chosen',
      )}
      role="article"
      aria-label={t('message.by', { name: senderName, time: clock(message.sentAt) })}
      tabIndex={-1}
      data-message={message.id}
      onKeyDown={rowKeys(props, () => setMenu(true))}
    >
      {chosen === null ? null : <Choose message={message} chosen={chosen} acts={acts} />}
      {first && sender !== undefined ? (
        <Avatar member={sender} name={message.imported?.author ?? undefined} size="sm" />
      ) : null}
      <div className="msg" {...hold}>
        <div className="bubble">
          {first && sender !== undefined ? <SenderLine sender={sender} name={senderName} /> : null}
          {message.forwarded && !message.deleted ? (
            <Aside icon={<Forward />}>{t('message.forwarded')}</Aside>
          ) : null}
          {message.replyTo && !message.deleted ? (
            <QuoteBlock quote={message.replyTo} onJump={(number) => acts.jump(number)} />
          ) : null}
          {message.deleted || message.files.length === 0 ? null : (
            <MessageFiles
              message={message}
              senderName={senderName}
              meta={message.text === '' ? <Meta message={message} /> : null}
            />
          )}
          {message.linkPreview ? <LinkCard preview={message.linkPreview} text={message.text} /> : null}
          {message.files.length > 0 && message.text === '' && !message.deleted ? null : (
            <Words message={message} />
          )}
        </div>
        {message.reactions.length > 0 ? (
          <ReactionChips message={message} reactable={reactable} acts={acts} />
        ) : null}
        {failed ? <FailRow message={message} writable={writable} acts={acts} /> : null}
        {message.refusedEdit ? <RefusedEdit message={message} acts={acts} /> : null}
        <MessageBar
          message={message}
          writable={writable}
          reactable={reactable}
          admin={admin}
          acts={acts}
          menu={menu}
          onMenu={setMenu}
        />
      </div>
    </div>
  )
})

/** Whoever came from within the stream, as from a quote, goes on from what they came to see. */
function useFoundRow(found: boolean) {
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const from = document.activeElement
    if (found && (from === document.body || from?.closest('.stream')))
      row.current?.focus({ preventScroll: true })
  }, [found])
  return row
}

const isPlain = ({ target, currentTarget, ctrlKey, metaKey, altKey }: KeyboardEvent) =>
  target === currentTarget && !ctrlKey && !metaKey && !altKey

/** Letters do what the menu says beside them, Enter opens it; while messages are chosen, Space chooses this one. */
const rowKeys =
  ({ message, chosen, writable, acts }: MessageRowProps, openMenu: () => void) =>
  (event: KeyboardEvent) => {
    const key = event.key.toLowerCase()
    if (!isPlain(event) || message.number === null) return
    if (chosen !== null && (key === ' ' || key === 'enter')) acts.select(message)
    else if (chosen === null && key === 'enter') openMenu()
    else if (chosen === null && 'rfce'.includes(key)) acts.press(key, message, writable)
    else return
    // it is not typed into what opens
    event.preventDefault()
  }

/** Over the whole row while messages are chosen: a click anywhere chooses it. */
function Choose({ message, chosen, acts }: Pick<MessageRowProps, 'message' | 'acts'> & { chosen: boolean }) {
  const t = useText()
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={chosen}
      aria-label={t('message.choose')}
      className="choose"
      onClick={() => acts.select(message)}
    >
      <span className="box">{chosen ? <Check className="i s" /> : null}</span>
    </button>
  )
}

/** What the message says, of a very long one at first only the beginning. */
function Words({ message }: { message: MessageView }) {
  const t = useText()
  const [whole, setWhole] = useState(false)
  if (message.deleted) {
    return (
      <div className="words">
        <Aside icon={<Ban />}>{t('message.deleted')}</Aside>
        <Meta message={message} />
      </div>
    )
  }
  const beginning = whole ? null : beginningOf(message.text)
  return (
    <div className={clsx('words', isFewEmoji(message.text) && 'big')} dir="auto">
      <MessageText text={beginning ?? message.text} mentions={message.mentions} />
      {beginning ? (
        <button type="button" className="text-link more" onClick={() => setWhole(true)}>
          {t('message.more')}
        </button>
      ) : null}
      <Meta message={message} />
    </div>
  )
}

/** Something that is said of a message rather than by it. */
const Aside = ({ icon, children }: { icon: ReactNode; children: ReactNode }) => (
  <span className="aside">
    {icon}
    {children}
  </span>
)

/** Whose message it is, in their own hue, and where they work. */
function SenderLine({ sender, name }: { sender: Member | null; name: string }) {
  const departments = useDepartments()
  const [department] = sender ? departmentNames(sender, departments) : []
  return (
    <div className="sender cut" style={{ '--h': hueOf(sender?.id ?? name) } as CSSProperties}>
      <bdi>{name}</bdi>
      {department === undefined ? null : <bdi className="role">{department}</bdi>}
    </div>
  )
}

/** The time, and on an own message how far it has come; floats into the last line where there is room. */
function Meta({ message }: { message: MessageView }) {
  const t = useText()
  const when = longDateTime(message.sentAt)
  const title =
    message.delivery === 'received' || message.imported
      ? t('message.receivedAt', { when })
      : `${t(`ticks.${message.delivery}`)} · ${t('message.sentAt', { when })}`
  return (
    <span className="meta" dir="ltr" title={title}>
      {message.starred ? (
        <Star className="timer starred" role="img" aria-label={t('message.starred')} />
      ) : null}
      {message.expiresAt === null || message.deleted ? null : (
        <Timer
          className="timer"
          role="img"
          aria-label={t('message.disappears', { when: longDateTime(message.expiresAt) })}
        />
      )}
      {message.imported ? <span>{t('message.imported')}</span> : null}
      {message.edited && !message.deleted ? <span>{t('message.edited')}</span> : null}
      <time dateTime={new Date(message.sentAt).toISOString()}>{clock(message.sentAt)}</time>
      {message.delivery === 'received' || message.imported ? null : (
        <Ticks delivery={message.saving ? 'queued' : message.delivery} />
      )}
    </span>
  )
}

/** A change that was not accepted: the message is as it was, and what was typed is not lost. */
function RefusedEdit({ message, acts }: { message: MessageView; acts: MessageActs }) {
  const t = useText()
  return (
    <div className="fail-row">
      <span className="why">
        {t('message.notChanged')} {message.refusedEdit?.failure}
      </span>
      {message.deleted ? null : (
        <Button look="danger-plain" size="small" icon={RotateCw} onClick={() => acts.changeAgain(message)}>
          {t('message.changeAgain')}
        </Button>
      )}
      <Button look="quiet" size="small" onClick={() => acts.dropChange(message)}>
        {t('message.dropChange')}
      </Button>
    </div>
  )
}

interface FailRowProps {
  message: MessageView
  writable: boolean
  acts: MessageActs
}

function FailRow({ message, writable, acts }: FailRowProps) {
  const t = useText()
  return (
    <div className="fail-row">
      <span className="why">
        {t('message.failed')} {message.failure}
      </span>
      {writable ? (
        <>
          <Button look="danger-plain" size="small" icon={RotateCw} onClick={() => acts.retry(message)}>
            {t('message.retry')}
          </Button>
          {/* the files are chosen, and a text alone would be something else */}
          {message.files.length === 0 ? (
            <Button look="quiet" size="small" onClick={() => acts.edit(message)}>
              {t('acts.edit')}
            </Button>
          ) : null}
        </>
      ) : (
        <Button look="quiet" size="small" onClick={() => acts.copy(message)}>
          {t('acts.copy')}
        </Button>
      )}
      <Button look="quiet" size="small" onClick={() => acts.discard(message)}>
        {t('acts.delete')}
      </Button>
    </div>
  )
}
