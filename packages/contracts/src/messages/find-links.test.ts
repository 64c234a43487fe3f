import { describe, expect, it } from 'vitest'
import { findLinks } from './find-links.ts'

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
})
