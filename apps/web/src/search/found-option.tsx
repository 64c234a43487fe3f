'use client'

import type { Term } from '@parley/contracts/search/match'
import type { FileKind } from '@parley/contracts/communication/communication'
import { useChats, useMember } from '@parley/react/hooks'
import { FileText, Film, Image, Mic, Music, type LucideIcon } from 'lucide-react'
import type { useOptionList } from '../controls/use-option-list.ts'
import { conversationName } from '../conversations/conversation-name.ts'
import { GroupAvatar } from '../groups/group-avatar.tsx'
import { Avatar } from '../members/avatar.tsx'
import { useText } from '../text/use-text.ts'
import '../text/words/search.ts'
import { listTime } from '../time/format.ts'
import type { Found } from './find-anything.ts'
import { leadIn } from './lead-in.ts'
import { Marked, MarkedName } from './marked.tsx'

type OptionProps = ReturnType<ReturnType<typeof useOptionList>['option']>

interface FoundOptionProps {
  one: Found
  terms: readonly Term[]
  now: number
  props: OptionProps
}

/** One line of what was found. */
export function FoundOption({ one, terms, now, props }: FoundOptionProps) {
  if (one.kind === 'message') return <MessageOption hit={one.hit} now={now} props={props} />
  return (
    <div {...props}>
      <Picture one={one} />
      <span className="cut" dir="auto">
        {one.kind === 'filter' ? one.name : <MarkedName text={one.name} terms={terms} />}
      </span>
      <span className="end cut" dir="auto">
        {one.note}
      </span>
    </div>
  )
}

function Picture({ one }: { one: Exclude<Found, { kind: 'message' }> }) {
  if (one.kind === 'action') return <one.icon className="i" />
  if (one.kind === 'filter' && one.icon) return <one.icon className="i" />
  if (one.kind === 'filter' && one.group) return <GroupAvatar {...one.group} size="s" />
  if (one.kind === 'chat' && one.group)
    return <GroupAvatar conversationId={one.conversationId} group={one.group} size="s" />
  return <Avatar member={one.member} size="s" presence={one.kind !== 'filter'} />
}

const fileIcons: Readonly<Record<FileKind, LucideIcon>> = {
  document: FileText,
  picture: Image,
  video: Film,
  audio: Music,
  voice: Mic,
}

/** A file that was found by its name, or that says all there is. */
function fileToShow({ files = [], extract }: MessageOptionProps['hit']) {
  const [first] = files
  return first && (first.ranges.length > 0 || extract.text === '') ? first : null
}

interface MessageOptionProps {
  hit: Extract<Found, { kind: 'message' }>['hit']
  now: number
  props: OptionProps
}

function MessageOption({ hit, now, props }: MessageOptionProps) {
  const t = useText()
  const sender = useMember(hit.senderId)
  const chat = useChats().find(({ conversationId }) => conversationId === hit.conversationId)
  const { text, ranges, cutBefore } = leadIn(hit.extract)
  const file = fileToShow(hit)
  const FileIcon = fileIcons[file?.kind ?? 'document']
  const place = chat ? conversationName(t, chat) : t('search.leftChat')
  return (
    <div {...props} className="hit">
      <Avatar member={hit.author ? null : sender} name={hit.author} size="s" />
      <span className="said" dir="auto">
        {chat?.group || sender?.id !== chat?.other?.id ? (
          <bdi className="who">
            {t('chats.said', { name: hit.author ?? sender?.name ?? t('chats.formerMember') })}{' '}
          </bdi>
        ) : null}
        {file ? (
          <span className="file">
            <FileIcon className="i" /> <Marked text={file.name} ranges={file.ranges} />
          </span>
        ) : null}
        {cutBefore ? '…' : null}
        <Marked text={text} ranges={ranges} />
        {hit.extract.cutAfter ? '…' : null}
      </span>
      <span className="end">
        <bdi className="place cut">{place}</bdi>
        <time dateTime={new Date(hit.sentAt).toISOString()}>{listTime(t, hit.sentAt, now)}</time>
      </span>
    </div>
  )
}
