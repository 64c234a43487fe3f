'use client'

import type { ImportPreview } from '@parley/contracts/imports/chat-import'
import { useMembers } from '@parley/react/hooks'
import { ChevronDown } from 'lucide-react'
import { useMemo } from 'react'
import { useText } from '../text/use-text.ts'
import '../text/words/moving.ts'

/** Who is a member of those who write; null for who stays a name. */
export type Matches = ReadonlyMap<string, string | null>

interface PeopleFoundProps {
  /** Who they may be. */
  memberIds: readonly string[]
  people: ImportPreview['people']
  matches: Matches
  onChange: (matches: Matches) => void
}

/** Everybody who writes in a chat, each with the member that they are here. */
export function PeopleFound({ memberIds, people, matches, onChange }: PeopleFoundProps) {
  const t = useText()
  const members = useMembers()
  const choices = useMemo(
    () =>
      memberIds
        .flatMap((id) => members.get(id) ?? [])
        .filter(({ state }) => state !== 'deleted')
        .sort((a, b) => a.name.localeCompare(b.name)),
    [memberIds, members],
  )
  return (
    <fieldset className="mt-4">
      <legend className="text-sm font-semibold">{t('importing.who')}</legend>
      <p className="text-xs text-ink-3">{t('importing.whoHint')}</p>
      <ul className="lines mt-1">
        {people.map(({ name, messages }) => (
          <li key={name} className="match">
            <span className="col min-w-0">
              <bdi className="cut text-sm">{name}</bdi>
              <span className="text-xs text-ink-3">{t('importing.wrote', { count: messages })}</span>
            </span>
            <span className="choice">
              <select
                className="input"
                aria-label={t('importing.whoIs', { name })}
                value={matches.get(name) ?? ''}
                onChange={({ target }) => onChange(new Map(matches).set(name, target.value || null))}
              >
                <option value="">{t('importing.keep', { name })}</option>
                {choices.map((member) => (
                  <option key={member.id} value={member.id}>
                    {member.name}
                  </option>
                ))}
              </select>
              <ChevronDown className="i m" />
            </span>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
