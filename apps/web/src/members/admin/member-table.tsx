'use client'

import type { Member } from '@parley/contracts/members/member'
import { useAccounts } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useIsPhone } from '../../controls/use-media.ts'
import { useText } from '../../text/use-text.ts'
import { MemberCard, MemberTableRow } from './member-table-row.tsx'
import { columns, sortMembers, type Column, type Order } from './sort-members.ts'
import '../../text/words/admin.ts'

const STEP = 100

/** A table on the desk, cards on a phone; long ones grow as they are scrolled. */
export function MemberTable({ members }: { members: readonly Member[] }) {
  const isPhone = useIsPhone()
  const [order, setOrder] = useState<Order>({ column: 'name', down: false })
  const [count, setCount] = useState(STEP)
  const sorted = useSorted(members, order)
  const shown = sorted.slice(0, count)
  const more = sorted.length > count ? <More key={count} onSeen={() => setCount(count + STEP)} /> : null

  return (
    <div className="card clip">
      {isPhone ? (
        <ul>
          {shown.map((member) => (
            <MemberCard key={member.id} member={member} />
          ))}
        </ul>
      ) : (
        <div className="wide-table">
          <table className="table">
            <colgroup>
              <col className="w-[32%]" />
              <col />
              <col className="w-[120px]" />
              <col className="w-[186px]" />
              <col className="w-[148px]" />
              <col className="w-[56px]" />
            </colgroup>
            <Head order={order} onOrder={setOrder} />
            <tbody>
              {shown.map((member) => (
                <MemberTableRow key={member.id} member={member} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more}
    </div>
  )
}

function useSorted(members: readonly Member[], order: Order): readonly Member[] {
  const client = useClient()
  const accounts = useAccounts()
  const [presence, setPresence] = useState(() => (id: string) => client.presence(id))
  const live = order.column === 'lastSeen'
  // Only a table sorted by presence has to be sorted again when somebody comes or goes.
  useEffect(() => {
    if (!live) return
    return client.subscribe('presence', () => setPresence(() => (id: string) => client.presence(id)))
  }, [client, live])
  return useMemo(
    () => sortMembers(members, order, { accounts, presence }),
    [members, order, accounts, presence],
  )
}

function Head({ order, onOrder }: { order: Order; onOrder: (order: Order) => void }) {
  const t = useText()
  const head = (column: Column) => {
    const sorted = order.column === column
    const Arrow = order.down ? ArrowDown : ArrowUp
    return (
      <th key={column} scope="col" aria-sort={sorted ? (order.down ? 'descending' : 'ascending') : undefined}>
        <button type="button" onClick={() => onOrder({ column, down: sorted && !order.down })}>
          {t(`adminPeople.${column}`)}
          {sorted ? <Arrow className="i" /> : null}
        </button>
      </th>
    )
  }
  return (
    <thead>
      <tr>
        {columns.slice(0, 3).map(head)}
        <th scope="col">{t('adminPeople.departments')}</th>
        {head('lastSeen')}
        <th scope="col">
          <span className="sr">{t('adminPeople.actions')}</span>
        </th>
      </tr>
    </thead>
  )
}

/** Comes into sight near the end of what is shown, and asks for more. */
function More({ onSeen }: { onSeen: () => void }) {
  const [mark, setMark] = useState<HTMLElement | null>(null)
  useEffect(() => {
    if (!mark) return
    const observer = new IntersectionObserver(([entry]) => (entry?.isIntersecting ? onSeen() : undefined), {
      rootMargin: '400px',
    })
    observer.observe(mark)
    return () => observer.disconnect()
  }, [mark, onSeen])
  return <div ref={setMark} className="h-px" />
}
