'use client'

import { ChevronLeft } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { IconButton } from '../controls/icon-button.tsx'
import { useIsPhone } from '../controls/use-media.ts'
import { useText } from '../text/use-text.ts'
import { useGoBack } from './navigation.ts'

interface SubnavPageProps {
  /** Of the list of sections. */
  title: string
  label: string
  /** Of the section that is shown. */
  page: string
  /** Where the list has an address of its own: a phone then shows either the list or the page. */
  list?: { readonly address: string; readonly open: boolean }
  /** Above the links, where the list is a page of its own. */
  head?: ReactNode
  links: ReactNode
  /** Beside the section's title. */
  tools?: ReactNode
  children: ReactNode
}

/** A list of sections and one of them: settings and administration. */
export function SubnavPage({ title, label, page, list, head, links, tools, children }: SubnavPageProps) {
  const t = useText()
  const goBack = useGoBack(list?.address ?? '')
  const isPhone = useIsPhone()
  const nav = useRef<HTMLElement>(null)
  // Where the sections are a strip, the one that is shown must not be cut off.
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [page])
  // On a phone the list is a page of its own.
  const listIsPage = isPhone && list?.open === true
  const Title = listIsPage ? 'h1' : 'h2'
  return (
    <div className="panes admin" data-page="subnav" data-show={list ? (list.open ? 'list' : 'main') : 'both'}>
      <div className="pane" role={listIsPage ? 'main' : 'complementary'} aria-label={title}>
        <header className="bar">
          <Title className="title fill">{title}</Title>
        </header>
        {listIsPage ? head : null}
        <nav ref={nav} className="subnav" aria-label={label}>
          {links}
        </nav>
      </div>
      <main className="main" id="content" tabIndex={-1}>
        <header className="page-head">
          {list ? (
            <IconButton
              className="phone-only -ms-2"
              icon={ChevronLeft}
              flips
              label={t('acts.back')}
              onClick={goBack}
            />
          ) : null}
          <h1>{page}</h1>
          {tools}
        </header>
        <div className="scroll" tabIndex={0} role="region" aria-label={page}>
          <div className="page">{children}</div>
        </div>
      </main>
    </div>
  )
}
