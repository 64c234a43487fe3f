'use client'

import type { Member } from '@parley/contracts/members/member'
import { useDepartments, useMembers } from '@parley/react/hooks'
import { clsx } from 'clsx'
import { Check, Search, UsersRound, X } from 'lucide-react'
import { useMemo, useRef, useState, type RefObject } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { State } from '../controls/state.tsx'
import { useIsTouch } from '../controls/use-media.ts'
import { Avatar } from '../members/avatar.tsx'
import { DepartmentChips } from '../members/department-chips.tsx'
import { departmentNames, findMembers } from '../members/find-members.ts'
import { useText } from '../text/use-text.ts'
import { useMarkedList } from './use-marked-list.ts'
import '../text/words/group-pane.ts'

/** So many of the chosen are shown one by one; the others are counted. */
const SHOWN = 24

interface PeopleChoiceProps {
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
  /** Who is not asked for: oneself, and who is in it already. */
  without: ReadonlySet<string>
}

/** Any number of colleagues: found by typing or by department, chosen one by one or all that are shown. */
export function PeopleChoice({ chosen, onChange, without }: PeopleChoiceProps) {
  const t = useText()
  const isTouch = useIsTouch()
  const [query, setQuery] = useState('')
  const [department, setDepartment] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const found = useFound(query, department, without)
  const rows = useRef<VirtualizerHandle>(null)
  const list = useMarkedList(found.length, rows, (index) => {
    const id = found[index]?.id
    if (id === undefined) return
    onChange(toggled(chosen, [id], !chosen.has(id)))
    // what was typed has done its work; the next name can be typed at once
    if (query) setQuery('')
    if (!isTouch) field.current?.focus()
  })
  const all = found.length > 0 && found.every(({ id }) => chosen.has(id))

  return (
    <>
      <div className="px-5 pt-2 pb-2">
        <label className="search">
          <Search className="i" />
          <span className="sr">{t('newGroup.list')}</span>
          <input
            ref={field}
            type="text"
            dir="auto"
            placeholder={t('newGroup.search')}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value)
              list.markFirst()
            }}
            {...list.field}
          />
        </label>
      </div>
      <DepartmentChips
        value={department}
        onChange={(next) => {
          setDepartment(next)
          list.markFirst()
        }}
      />
      <Chosen chosen={chosen} onRemove={(id) => onChange(toggled(chosen, [id], false))} />
      {found.length > 0 ? (
        <div className="choice-head">
          <span className="fill" role="status">
            {t('newGroup.shown', { count: found.length })}
          </span>
          <button
            type="button"
            className="text-link"
            onClick={() =>
              onChange(
                toggled(
                  chosen,
                  found.map(({ id }) => id),
                  !all,
                ),
              )
            }
          >
            {all ? t('newGroup.drop') : t('newGroup.take')}
          </button>
        </div>
      ) : null}
      <Rows found={found} chosen={chosen} list={list} handle={rows} />
      {found.length === 0 ? (
        <State
          icon={query ? Search : UsersRound}
          title={query ? t('newGroup.nobody', { query }) : t('newGroup.nobodyLeft')}
        />
      ) : null}
    </>
  )
}

function useFound(query: string, department: string | null, without: ReadonlySet<string>) {
  const members = useMembers()
  const departments = useDepartments()
  return useMemo(
    () =>
      findMembers(members, departments, query).filter(
        ({ id, departmentIds }) =>
          !without.has(id) && (department === null || departmentIds.includes(department)),
      ),
    [members, departments, query, department, without],
  )
}

function toggled(before: ReadonlySet<string>, ids: readonly string[], on: boolean): ReadonlySet<string> {
  const after = new Set(before)
  for (const id of ids)
    if (on) after.add(id)
    else after.delete(id)
  return after
}

interface RowsProps {
  found: readonly Member[]
  chosen: ReadonlySet<string>
  list: ReturnType<typeof useMarkedList>
  handle: RefObject<VirtualizerHandle | null>
}

function Rows({ found, chosen, list, handle }: RowsProps) {
  const t = useText()
  const departments = useDepartments()
  const box = useRef<HTMLDivElement>(null)
  return (
    <div className="choice-list" ref={box} aria-label={t('newGroup.list')} {...list.listbox}>
      <Virtualizer ref={handle} scrollRef={box} data={found}>
        {(member, index) => {
          const on = chosen.has(member.id)
          return (
            <div key={member.id} className="choice-row" {...list.option(index, on)}>
              <Avatar member={member} size="sm" />
              <span className="col fill">
                <span className="cut font-medium" dir="auto">
                  {member.name}
                </span>
                <span className="cut text-xs text-ink-3" dir="auto">
                  {departmentNames(member, departments).join(', ') || member.statusText}
                </span>
              </span>
              <span className={clsx('check', on && 'on')}>{on ? <Check className="i" /> : null}</span>
            </div>
          )
        }}
      </Virtualizer>
    </div>
  )
}

/** Those chosen so far, the latest first. */
function Chosen({ chosen, onRemove }: { chosen: ReadonlySet<string>; onRemove: (id: string) => void }) {
  const t = useText()
  const members = useMembers()
  if (chosen.size === 0) return null
  const latest = [...chosen].reverse().slice(0, SHOWN)
  return (
    <ul className="chosen-people" aria-label={t('newGroup.chosen')}>
      {latest.map((id) => {
        const member = members.get(id)
        return member ? (
          <li key={id}>
            <button
              type="button"
              className="chip"
              aria-label={t('newGroup.remove', { name: member.name })}
              onClick={() => onRemove(id)}
            >
              <Avatar member={member} size="xs" />
              <span className="cut" dir="auto">
                {member.name}
              </span>
              <X className="i" />
            </button>
          </li>
        ) : null
      })}
      {chosen.size > SHOWN ? (
        <li className="text-xs text-ink-3">{t('newGroup.more', { count: String(chosen.size - SHOWN) })}</li>
      ) : null}
    </ul>
  )
}
