'use client'

import { useDepartments, useMe, useMembers, useWatchPresence } from '@parley/react/hooks'
import { clsx } from 'clsx'
import { Search, UserPlus, UsersRound } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { State } from '../controls/state.tsx'
import { useOptionList } from '../controls/use-option-list.ts'
import { useGo } from '../frame/navigation.ts'
import { useOpeners } from '../search/openers.ts'
import { useText } from '../text/use-text.ts'
import { useWhyNoChat } from '../communication/use-why-no-chat.ts'
import { Avatar } from './avatar.tsx'
import { departmentNames, findMembers } from './find-members.ts'
import { useStartChat } from './use-start-chat.ts'
import '../text/words/people.ts'
import '../text/words/first-steps.ts'

const SHOWN = 60

/** "New chat": everybody but oneself, found by typing. */
export function MemberPicker({ onClose }: { onClose: () => void }) {
  const t = useText()
  const me = useMe()
  const members = useMembers()
  const departments = useDepartments()
  const startChat = useStartChat()
  const whyNoChat = useWhyNoChat()
  const [query, setQuery] = useState('')
  const found = useMemo(
    () => findMembers(members, departments, query).filter((member) => member.id !== me?.id),
    [members, departments, query, me],
  )
  const shown = found.slice(0, SHOWN)
  useWatchPresence(shown.map((member) => member.id))
  const { openNewGroup } = useOpeners()
  // before anything is typed, a group is the first thing to choose
  const groupFirst = query === '' && shown.length > 0 ? 1 : 0
  const options = useOptionList(shown.length + groupFirst, (index) => {
    onClose()
    const member = shown[index - groupFirst]
    if (member) void startChat(member)
    else openNewGroup()
  })

  return (
    <Dialog title={t('chats.pickMember')} small onClose={onClose}>
      <div className="px-5 pt-2 pb-2">
        <label className="search">
          <Search className="i" />
          <span className="sr">{t('acts.search')}</span>
          <input
            autoFocus
            type="text"
            dir="auto"
            placeholder={t('chats.pickMemberSearch')}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value)
              options.markFirst()
            }}
            {...options.field}
          />
        </label>
      </div>
      <div className="picker-list" aria-label={t('people.list')} {...options.listbox}>
        {groupFirst ? (
          <div className="picker-row" {...options.option(0)}>
            <span className="av sm group" aria-hidden="true">
              <UsersRound className="i" />
            </span>
            <span className="font-medium">{t('groups.new')}</span>
          </div>
        ) : null}
        {shown.map((member, index) => (
          <div
            key={member.id}
            className={clsx('picker-row', whyNoChat(member) && 'barred')}
            {...options.option(index + groupFirst)}
          >
            <Avatar member={member} size="sm" presence />
            <span className="col fill">
              <span className="cut font-medium" dir="auto">
                {member.name}
              </span>
              <span className="cut text-xs text-ink-3" dir="auto">
                {whyNoChat(member) || member.statusText || departmentNames(member, departments).join(', ')}
              </span>
            </span>
          </div>
        ))}
      </div>
      {found.length === 0 ? <Nobody query={query} onClose={onClose} /> : null}
    </Dialog>
  )
}

/** Nothing found, or nobody there yet: then an admin is shown how to change that. */
function Nobody({ query, onClose }: { query: string; onClose: () => void }) {
  const t = useText()
  const go = useGo()
  const isAdmin = useMe()?.role === 'admin'
  if (query) {
    return (
      <State icon={Search} title={t('people.noResult', { query })}>
        {t('people.noResultHint')}
      </State>
    )
  }
  function invite() {
    onClose()
    go('/admin/people')
  }
  return (
    <State
      icon={UserPlus}
      tone="accent"
      title={t('people.aloneTitle')}
      acts={
        isAdmin ? (
          <Button look="primary" icon={UserPlus} onClick={invite}>
            {t('firstSteps.inviteDo')}
          </Button>
        ) : null
      }
    >
      {isAdmin ? t('people.aloneHint') : t('people.aloneHintMember')}
    </State>
  )
}
