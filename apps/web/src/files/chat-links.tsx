'use client'

import { useMember } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { Link2, RotateCw, TriangleAlert } from 'lucide-react'
import { useCallback, useEffect, useState, type ReactNode } from 'react'
import { RowBones } from '../controls/bones.tsx'
import { Button } from '../controls/button.tsx'
import { State } from '../controls/state.tsx'
import '../text/words/attach.ts'
import { useText } from '../text/use-text.ts'
import { whenShort } from '../time/format.ts'
import { useNow } from '../time/use-now.ts'

interface Linked {
  readonly key: string
  readonly href: string
  readonly senderId: string
  /** Where it was written elsewhere, by somebody who is no member. */
  readonly author: string | null
  readonly sentAt: number
}

interface Found {
  readonly links: readonly Linked[]
  readonly cursor: number | null
}

/** The addresses that were written in a conversation, newest first, as the search finds them. */
export function ChatLinks({ conversationId, none }: { conversationId: string; none: ReactNode }) {
  const t = useText()
  const client = useClient()
  const [found, setFound] = useState<Found | null>(null)
  const [failed, setFailed] = useState(false)

  const load = useCallback(
    async (before: Found | null) => {
      setFailed(false)
      try {
        const { hits, cursor } = await client.call('searchMessages', {
          body: {
            words: '',
            in: [conversationId],
            has: ['link'],
            limit: 50,
            ...(before?.cursor ? { cursor: before.cursor } : {}),
          },
        })
        const links = hits.flatMap(({ messageId, senderId, author = null, sentAt, links: hrefs = [] }) =>
          hrefs.map((href, index) => ({ key: `${messageId} ${index}`, href, senderId, author, sentAt })),
        )
        setFound({ links: [...(before?.links ?? []), ...links], cursor })
      } catch {
        setFailed(true)
      }
    },
    [client, conversationId],
  )
  useEffect(() => {
    // eslint-disable-next-line react-hooks/set-state-in-effect -- what is asked for answers later
    void load(null)
  }, [load])

  if (failed) {
    return (
      <State
        icon={TriangleAlert}
        tone="red"
        title={t('chatFiles.failed')}
        acts={
          <Button icon={RotateCw} onClick={() => void load(found)}>
            {t('acts.tryAgain')}
          </Button>
        }
      />
    )
  }
  if (!found) return <RowBones />
  if (found.links.length === 0 && found.cursor === null) return none
  return (
    <>
      <ul className="shared-rows">
        {found.links.map((link) => (
          <li key={link.key}>
            <LinkRow link={link} />
          </li>
        ))}
      </ul>
      {found.cursor === null ? null : (
        <div className="shared-hint">
          <Button onClick={() => void load(found)}>{t('chatFiles.older')}</Button>
        </div>
      )}
    </>
  )
}

function LinkRow({ link }: { link: Linked }) {
  const t = useText()
  const now = useNow()
  const sender = useMember(link.senderId)
  const name = link.author ?? sender?.name ?? t('chats.formerMember')
  return (
    <a className="doc-open link-row" href={link.href} target="_blank" rel="noopener noreferrer nofollow">
      <span className="file-tile" aria-hidden="true">
        <Link2 className="i m" />
      </span>
      <span className="col fill">
        <span className="name cut" dir="ltr">
          {link.href.replace(/^(https?:\/\/|mailto:)/, '')}
        </span>
        <span className="about cut">
          <bdi>{t('chatFiles.by', { name, when: whenShort(t, link.sentAt, now) })}</bdi>
        </span>
      </span>
    </a>
  )
}
