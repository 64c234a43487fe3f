'use client'

import { useDepartments, useMe, useMembers, useWatchPresence } from '@parley/react/hooks'
import { clsx } from 'clsx'
import { Search, UserPlus, UsersRound } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { Button } from '../controls/button.tsx'
import { SearchField } from '../controls/search-field.tsx'
import { State } from '../controls/state.tsx'
import { useGo, useQuery } from '../frame/navigation.ts'
import { usePageTitle } from '../frame/use-page-title.ts'
import { useMayCreate } from '../groups/use-may-create.ts'
import { useOpeners } from '../search/openers.ts'
import { useText } from '../text/use-text.ts'
import { ContactDetails } from './contact-details.tsx'
import { DepartmentChips } from './department-chips.tsx'
import { findMembers } from './find-members.ts'
import { PeopleList } from './people-list.tsx'
import '../text/words/people.ts'
import '../text/words/first-steps.ts'

const WATCHED = 400

export function PeoplePage() {
  const t = useText()
  const go = useGo()
  const selected = useQuery().get('m')
  const members = useMembers()
  const departments = useDepartments()
  const [query, setQuery] = useState('')
  const [department, setDepartment] = useState<string | null>(null)
  const { openNewGroup } = useOpeners()
  const mayGroup = useMayCreate() === true
  const me = useMe()?.id
  usePageTitle(t('people.title'))

  const found = useMemo(
    () =>
      findMembers(members, departments, query).filter(
        (member) => department === null || member.departmentIds.includes(department),
      ),
    [members, departments, query, department],
  )
  useWatchPresence(useMemo(() => found.slice(0, WATCHED).map((member) => member.id), [found]))
  const shown = selected ? members.get(selected) : undefined
  const close = useCallback(() => go('/people'), [go])

  return (
    <div className={clsx('panes single', shown && 'with-details')} data-page="people">
      <main className="main" id="content" tabIndex={-1}>
        <header className="page-head">
          <h1>{t('people.title')}</h1>
          <span className="n text-sm text-ink-3">{t('people.count', { count: found.length })}</span>
          <span className="fill" />
          {mayGroup ? (
            <Button
              icon={UsersRound}
              onClick={() =>
                openNewGroup(department ? found.map(({ id }) => id).filter((id) => id !== me) : [])
              }
            >
              {t('groups.new')}
            </Button>
          ) : null}
          <SearchField
            label={t('people.list')}
            placeholder={t('people.search')}
            value={query}
            onChange={setQuery}
          />
        </header>
        <DepartmentChips value={department} onChange={setDepartment} />
        {found.length > 0 ? (
          <PeopleList members={found} selected={selected} />
        ) : (
          <div className="centre">
            <State
              icon={Search}
              title={t('people.noResult', { query })}
              acts={
                <Button
                  onClick={() => {
                    setQuery('')
                    setDepartment(null)
                  }}
                >
                  {t('people.clear')}
                </Button>
              }
            >
              {t('people.noResultHint')}
            </State>
          </div>
        )}
        {found.length === 1 && query === '' && department === null ? <Alone /> : null}
      </main>
      {shown ? <ContactDetails member={shown} onClose={close} /> : null}
    </div>
  )
}

function Alone() {
  const t = useText()
  const go = useGo()
  const isAdmin = useMe()?.role === 'admin'
  return (
    <div className="centre bg-panel">
      <State
        icon={UsersRound}
        tone="accent"
        title={t('people.aloneTitle')}
        acts={
          isAdmin ? (
            <Button look="primary" icon={UserPlus} onClick={() => go('/admin/people')}>
              {t('firstSteps.inviteDo')}
            </Button>
          ) : null
        }
      >
        {isAdmin ? t('people.aloneHint') : t('people.aloneHintMember')}
      </State>
    </div>
  )
}
