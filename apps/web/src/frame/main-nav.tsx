'use client'

import { useMe, useUnreadChats } from '@parley/react/hooks'
import { clsx } from 'clsx'
import { Mark } from '../controls/mark.tsx'
import { useText } from '../text/use-text.ts'
import { railLinks, tabLinks, type MainLink } from './main-links.ts'
import { usePath } from './navigation.ts'
import { OwnCorner } from './own-corner.tsx'
import { PageLink } from './page-link.tsx'

export function Rail() {
  const t = useText()
  const isAdmin = useMe()?.role === 'admin'
  return (
    <nav className="rail" aria-label={t('nav.main')}>
      <Mark label={t('app.name')} />
      {railLinks(isAdmin).map((link) => (
        <NavLink key={link.href} link={link} iconClass="i l" />
      ))}
      <OwnCorner />
    </nav>
  )
}

export function TabBar() {
  const t = useText()
  const isAdmin = useMe()?.role === 'admin'
  return (
    <nav className="tabbar" aria-label={t('nav.main')}>
      {tabLinks(isAdmin).map((link) => (
        <NavLink key={link.href} link={link} iconClass="i" />
      ))}
    </nav>
  )
}

function NavLink({ link, iconClass }: { link: MainLink; iconClass: string }) {
  const t = useText()
  const here = usePath().startsWith(link.under)
  const unread = useUnreadChats()
  const Icon = link.icon
  return (
    <PageLink href={link.href} aria-current={here ? 'page' : undefined}>
      <Icon className={clsx(iconClass)} />
      {t(`nav.${link.word}`)}
      {link.word === 'chats' && unread > 0 ? (
        <span className="pill" role="img" aria-label={t('nav.unread', { count: unread })}>
          {unread > 99 ? '99+' : unread}
        </span>
      ) : null}
    </PageLink>
  )
}
