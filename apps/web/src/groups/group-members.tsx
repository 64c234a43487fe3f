'use client'

import type { ConversationView, Participant } from '@parley/client/client-api'
import { useMe, useWatchPresence } from '@parley/react/hooks'
import { useMemo, useRef, useState } from 'react'
import { Virtualizer } from 'virtua'
import { SearchField } from '../controls/search-field.tsx'
import { compareText, folded } from '../members/find-members.ts'
import { useText } from '../text/use-text.ts'
import { GroupMember } from './group-member.tsx'
import '../text/words/group-pane.ts'

/** So many stand in the overview; of a group with a few more all do. */
const SHOWN = 8
const A_FEW_MORE = 3

interface MembersProps {
  view: ConversationView
  isAdmin: boolean
}

/** Oneself, then the group's admins, then the others by name. */
function useSorted({ participants }: ConversationView): readonly Participant[] {
  const me = useMe()?.id
  return useMemo(() => {
    const rank = ({ member, admin }: Participant) => (member.id === me ? 0 : admin ? 1 : 2)
    return [...participants].sort((a, b) => rank(a) - rank(b) || compareText(a.member.name, b.member.name))
  }, [participants, me])
}

/** The first of them, in the overview of a group. */
export function SomeMembers({ view, isAdmin, onShowAll }: MembersProps & { onShowAll: () => void }) {
  const t = useText()
  const sorted = useSorted(view)
  const shown = sorted.length <= SHOWN + A_FEW_MORE ? sorted : sorted.slice(0, SHOWN)
  const { adminIds = [] } = view.conversation.group ?? {}
  return (
    <section className="sect">
      <header>
        <h3>{t('groupDetails.members')}</h3>
        {shown.length < sorted.length ? (
          <button type="button" onClick={onShowAll}>
            {t('groupDetails.seeAll', { count: String(sorted.length) })}
          </button>
        ) : null}
      </header>
      <ul className="group-members">
        {shown.map((one) => (
          <li key={one.member.id}>
            <GroupMember view={view} one={one} mayManage={isAdmin} lastAdmin={adminIds.length === 1} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** All of them, found by typing; only those in sight exist, so that five hundred are no more than ten. */
export function AllMembers({ view, isAdmin }: MembersProps) {
  const t = useText()
  const box = useRef<HTMLDivElement>(null)
  const [query, setQuery] = useState('')
  const sorted = useSorted(view)
  const found = useMemo(() => {
    const words = folded(query).split(/\s+/).filter(Boolean)
    return sorted.filter(({ member }) => {
      const name = folded(member.name)
      return words.every((word) => name.includes(word))
    })
  }, [sorted, query])
  const { adminIds = [] } = view.conversation.group ?? {}
  useWatchPresence(useMemo(() => found.slice(0, 100).map(({ member }) => member.id), [found]))
  return (
    <>
      <div className="px-4 pb-2">
        <SearchField
          label={t('groupDetails.findMember')}
          placeholder={t('groupDetails.findMember')}
          value={query}
          onChange={setQuery}
        />
      </div>
      <div
        className="scroll group-members all"
        ref={box}
        role="region"
        aria-label={t('groupDetails.members')}
      >
        <Virtualizer data={found} scrollRef={box} as="ul" item="li">
          {(one) => (
            <GroupMember
              key={one.member.id}
              view={view}
              one={one}
              mayManage={isAdmin}
              lastAdmin={adminIds.length === 1}
            />
          )}
        </Virtualizer>
        {found.length === 0 ? (
          <p className="p-4 text-center text-sm text-ink-3">{t('groupDetails.noMember', { query })}</p>
        ) : null}
      </div>
    </>
  )
}
