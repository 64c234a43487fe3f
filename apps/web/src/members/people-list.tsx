'use client'

import type { Member } from '@parley/contracts/members/member'
import { useDepartments, useMe } from '@parley/react/hooks'
import { MessageCircle } from 'lucide-react'
import { useRef, type KeyboardEvent } from 'react'
import { Virtualizer } from 'virtua'
import { useWhyNoChat } from '../communication/use-why-no-chat.ts'
import { IconButton } from '../controls/icon-button.tsx'
import { isPlainClick, memberAddress, useGo } from '../frame/navigation.ts'
import { usePresenceText } from '../presence/use-presence-text.ts'
import { useText } from '../text/use-text.ts'
import { Avatar } from './avatar.tsx'
import { departmentNames } from './find-members.ts'
import { useStartChat } from './use-start-chat.ts'
import '../text/words/people.ts'

export function PeopleList({ members, selected }: { members: readonly Member[]; selected: string | null }) {
  const t = useText()
  const box = useRef<HTMLDivElement>(null)

  /** The arrow keys walk through the names. */
  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const here = document.activeElement
    if (step === 0 || !here) return
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a[data-person]')]
    const next = links[links.indexOf(here as HTMLElement) + step]
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  return (
    <div
      className="scroll people"
      ref={box}
      role="region"
      aria-label={t('people.list')}
      onKeyDown={onKeyDown}
    >
      <Virtualizer data={members} scrollRef={box} as="ul" item="li">
        {(member) => <PersonRow key={member.id} member={member} selected={member.id === selected} />}
      </Virtualizer>
    </div>
  )
}

function PersonRow({ member, selected }: { member: Member; selected: boolean }) {
  const t = useText()
  const go = useGo()
  const me = useMe()
  const startChat = useStartChat()
  const why = useWhyNoChat()(member)
  const presence = usePresenceText(member)
  const departments = departmentNames(member, useDepartments())
  const address = memberAddress(member.id)
  return (
    <div className="person-row" data-selected={selected || undefined}>
      <a
        href={address}
        data-person
        aria-current={selected ? 'true' : undefined}
        onClick={(event) => {
          if (!isPlainClick(event)) return
          event.preventDefault()
          go(address)
        }}
      >
        <Avatar member={member} presence />
        <span className="col fill">
          <span className="row">
            <span className="cut font-medium" dir="auto">
              {member.name}
            </span>
            {member.id === me?.id ? <span className="badge">{t('people.you')}</span> : null}
            {member.role === 'member' ? null : (
              <span className="badge line desk-only">{t(`roles.${member.role}`)}</span>
            )}
          </span>
          <span className="cut text-sm text-ink-3" dir="auto">
            {[presence, member.statusText].filter(Boolean).join(' · ') || t(`roles.${member.role}`)}
          </span>
        </span>
        <span className="row desk-only gap-1">
          {departments.slice(0, 3).map((name) => (
            <span className="tag" key={name} dir="auto">
              {name}
            </span>
          ))}
        </span>
      </a>
      {member.id === me?.id ? (
        <span className="w-[34px]" />
      ) : (
        <IconButton
          icon={MessageCircle}
          label={t('people.write', { name: member.name })}
          tip={why ?? t('people.message')}
          aria-disabled={why !== null || undefined}
          onClick={() => void startChat(member)}
        />
      )}
    </div>
  )
}
