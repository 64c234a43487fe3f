'use client'

import { useDepartments, useMe, useMembers } from '@parley/react/hooks'
import { Building2, Lock, MessageSquare, Settings, UsersRound, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../controls/button.tsx'
import { State } from '../controls/state.tsx'
import { useText } from '../text/use-text.ts'
import { useGo } from './navigation.ts'
import { PageLink } from './page-link.tsx'
import { SubnavPage } from './subnav-page.tsx'
import { usePageTitle } from './use-page-title.ts'
import '../text/words/admin.ts'

const sections = ['people', 'departments', 'communication', 'organisation'] as const
type Section = (typeof sections)[number]
const icons: Record<Section, LucideIcon> = {
  people: UsersRound,
  departments: Building2,
  communication: MessageSquare,
  organisation: Settings,
}

interface AdminPageProps {
  section: Section
  tools?: ReactNode
  children: ReactNode
}

/** One page of the administration, for admins; the server refuses the others whatever is shown here. */
export function AdminPage({ section, tools, children }: AdminPageProps) {
  const t = useText()
  const go = useGo()
  const me = useMe()
  const active = [...useMembers().values()].filter((member) => member.state === 'active').length
  const counts: Record<Section, number | null> = {
    people: active,
    departments: useDepartments().size,
    communication: null,
    organisation: null,
  }
  usePageTitle(t(`admin.${section}`))

  if (me && me.role !== 'admin') {
    return (
      <main className="centre" id="content">
        <State
          icon={Lock}
          title={t('admin.noAccessTitle')}
          acts={<Button onClick={() => go('/chats')}>{t('chats.toChats')}</Button>}
        >
          {t('admin.noAccessHint')}
        </State>
      </main>
    )
  }
  return (
    <SubnavPage
      title={t('admin.title')}
      label={t('admin.sections')}
      page={t(`admin.${section}`)}
      tools={tools}
      links={sections.map((name) => {
        const Icon = icons[name]
        return (
          <PageLink key={name} href={`/admin/${name}`} aria-current={name === section ? 'page' : undefined}>
            <Icon className="i" />
            {t(`admin.${name}`)}
            {counts[name] === null ? null : <span className="n">{counts[name]}</span>}
          </PageLink>
        )
      })}
    >
      {children}
    </SubnavPage>
  )
}
