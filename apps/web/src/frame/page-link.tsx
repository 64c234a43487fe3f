'use client'

import type { AnchorHTMLAttributes } from 'react'
import { isPlainClick, useGo } from './navigation.ts'

interface PageLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'onClick'> {
  href: string
}

/**
 * A link to a page of Parley. Not Next's own: that one runs the script of every page whose link is in sight, and where the network is
 * away just then it complains aloud and does not try that script again. The service worker has them all beforehand.
 */
export function PageLink({ href, ...rest }: PageLinkProps) {
  const go = useGo()
  return (
    <a
      {...rest}
      href={href}
      onClick={(event) => {
        if (!isPlainClick(event)) return
        event.preventDefault()
        go(href)
      }}
    />
  )
}
