import { describe, expect, it } from 'vitest'
import { PREVIEW_URL_MAX } from './bounds.ts'
import { findLinks } from './find-links.ts'
import { firstPage } from './first-page.ts'
import { linkPreview } from './link-preview.ts'

const addresses = (text: string) => findLinks(text).map(({ href }) => href)

describe('links in messages', () => {
  it('finds web and mail addresses, and leaves the full stop to the sentence', () => {
    expect(addresses('See https://a.example/x?y=1. Or write to desk@hotel.com')).toEqual([
      'https://a.example/x?y=1',
      'mailto:desk@hotel.com',
    ])
  })

  it('sends addresses without a scheme over a protected line', () => {
    expect(addresses('www.harbour.com')).toEqual(['https://www.harbour.com'])
  })

  it('makes no link of anything else', () => {
    expect(
      addresses('javascript:alert(1) data:text/html,x ftp://a.example file:///etc/passwd //a.example'),
    ).toEqual([])
  })

  it('A5: finds no page whose address is longer than a preview may have', () => {
    const fits = (url: string) => linkPreview.safeParse({ url, title: 'Harbour' }).success
    // of no text is more looked through than this
    const longest = firstPage('www.harbour.com/'.padEnd(2_000, 'x'))
    expect(longest).toHaveLength(2_008)
    expect([fits(longest ?? ''), fits('x'.repeat(PREVIEW_URL_MAX + 1))]).toEqual([true, false])
    expect(firstPage('www.harbour.com/'.padEnd(2_001, 'x'))).toBeNull()
  })
})
