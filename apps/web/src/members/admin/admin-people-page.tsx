'use client'

import { useAccounts, useMembers, useWatchPresence } from '@parley/react/hooks'
import { FileUp, Search, UserPlus, UserX } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Button } from '../../controls/button.tsx'
import { SearchField } from '../../controls/search-field.tsx'
import { State } from '../../controls/state.tsx'
import { AdminPage } from '../../frame/admin-page.tsx'
import { lazyPart } from '../../frame/lazy-part.tsx'
import { InviteSection } from '../../invites/invite-section.tsx'
import { InviteHistory } from '../../invites/invite-history.tsx'
import { WaitingToJoin } from '../../invites/waiting-to-join.tsx'
import { useText } from '../../text/use-text.ts'
import { folded } from '../find-members.ts'
import { MemberFormDialog } from './member-form-dialog.tsx'
import { MemberTable } from './member-table.tsx'
import '../../text/words/admin.ts'

const InviteListDialog = lazyPart(() =>
  import('../../invites/invite-list-dialog.tsx').then((module) => module.InviteListDialog),
)

type Shown = 'active' | 'deactivated'
const WATCHED = 500

export function AdminPeoplePage() {
  const t = useText()
  const [shown, setShown] = useState<Shown>('active')
  const [query, setQuery] = useState('')
  const [adding, setAdding] = useState(false)
  const [listing, setListing] = useState(false)
  return (
    <AdminPage
      section="people"
      tools={
        <>
          <ShownTabs value={shown} onChange={setShown} />
          <span className="fill" />
          <SearchField
            label={t('adminPeople.searchLabel')}
            placeholder={t('adminPeople.search')}
            value={query}
            onChange={setQuery}
          />
          <Button icon={FileUp} onPointerEnter={InviteListDialog.fetch} onClick={() => setListing(true)}>
            {t('inviteList.open')}
          </Button>
          <Button look="primary" icon={UserPlus} onClick={() => setAdding(true)}>
            {t('adminPeople.add')}
          </Button>
        </>
      }
    >
      {shown === 'active' && query === '' ? (
        <>
          <InviteSection />
          <WaitingToJoin />
        </>
      ) : null}
      <MembersSection shown={shown} query={query} onClear={() => setQuery('')} />
      {shown === 'active' && query === '' ? <InviteHistory /> : null}
      {listing ? <InviteListDialog onClose={() => setListing(false)} /> : null}
      {adding ? <MemberFormDialog member={null} onClose={() => setAdding(false)} /> : null}
    </AdminPage>
  )
}

function ShownTabs({ value, onChange }: { value: Shown; onChange: (shown: Shown) => void }) {
  const t = useText()
  const members = [...useMembers().values()]
  return (
    <div className="tabs" role="group" aria-label={t('adminPeople.show')}>
      {(['active', 'deactivated'] as const).map((state) => (
        <button key={state} type="button" aria-pressed={value === state} onClick={() => onChange(state)}>
          {t(`adminPeople.${state}`)}{' '}
          <span className="n">{members.filter((member) => member.state === state).length}</span>
        </button>
      ))}
    </div>
  )
}

function MembersSection({ shown, query, onClear }: { shown: Shown; query: string; onClear: () => void }) {
  const t = useText()
  const members = useMembers()
  const accounts = useAccounts()
  const found = useMemo(() => {
    const words = folded(query).split(/\s+/).filter(Boolean)
    return [...members.values()].filter((member) => {
      const text = folded(`${member.name} ${accounts.get(member.id)?.email ?? ''}`)
      return member.state === shown && words.every((word) => text.includes(word))
    })
  }, [members, accounts, shown, query])
  useWatchPresence(useMemo(() => found.slice(0, WATCHED).map((member) => member.id), [found]))

  if (found.length === 0) {
    return (
      <section className="card">
        {query ? (
          <State
            icon={Search}
            title={t('adminPeople.noResult', { query })}
            acts={<Button onClick={onClear}>{t('adminPeople.clear')}</Button>}
          >
            {t('adminPeople.noResultHint')}
          </State>
        ) : (
          <State icon={UserX} title={t('adminPeople.noneDeactivated')}>
            {t('adminPeople.noneDeactivatedHint')}
          </State>
        )}
      </section>
    )
  }
  return (
    <section aria-labelledby="members">
      <header className="section-head">
        <h2 id="members">{t('adminPeople.members')}</h2>
        <span className="n">{found.length}</span>
      </header>
      <MemberTable members={found} />
    </section>
  )
}
