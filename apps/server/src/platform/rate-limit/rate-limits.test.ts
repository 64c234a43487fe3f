import { describe, expect, it } from 'vitest'
import { DomainError } from '../../kernel/domain-error.ts'
import { createRateLimits, rateLimitTable } from './rate-limits.ts'
import { createTokenBuckets } from './token-buckets.ts'

describe('rate limits', () => {
  it('A10: allow a burst, then one at a time, and say how long to wait', () => {
    let now = 0
    const buckets = createTokenBuckets({ burst: 2, perSecond: 0.5 }, () => now)
    expect([buckets.take('a'), buckets.take('a'), buckets.take('a')]).toEqual([0, 0, 2])
    now = 1_000
    expect(buckets.take('a')).toBe(1)
    now = 2_000
    expect([buckets.take('a'), buckets.take('a')]).toEqual([0, 2])
    expect(buckets.take('b')).toBe(0)
  })
  it('A10: take many at once, or none of them', () => {
    let now = 0
    const buckets = createTokenBuckets({ burst: 10, perSecond: 1 }, () => now)
    const taken = [8, 5, 2, 1].map((count) => buckets.take('a', count))
    expect(taken).toEqual([0, 3, 0, 1])
    now = 5_000
    expect(buckets.take('a', 5)).toBe(0)
    expect(buckets.take('b', 11)).toBeGreaterThan(0)
    const limits = createRateLimits(() => 0)
    const list = () => limits.take('invited', 'member', 'ana', 600)
    list()
    expect(list).toThrow(DomainError)
  })
  it('forget who was quiet', () => {
    let now = 0
    const buckets = createTokenBuckets({ burst: 2, perSecond: 1 }, () => now)
    buckets.take('a')
    buckets.sweep()
    expect(buckets.size()).toBe(1)
    now = 1_000
    buckets.sweep()
    expect(buckets.size()).toBe(0)
  })
  it('A10: hold per account however many addresses try, and per address however many accounts', () => {
    const limits = createRateLimits(() => 0)
    const refusedAt = (take: (attempt: number) => void) => {
      for (let attempt = 0; attempt < 1_000; attempt += 1) {
        try {
          take(attempt)
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError)
          return attempt
        }
      }
      return null
    }
    expect(refusedAt(() => limits.take('sign-in', 'account-from-address', 'ana@example.org 1.2.3.4'))).toBe(
      10,
    )
    expect(refusedAt(() => limits.take('sign-in', 'account', 'ana@example.org'))).toBe(50)
    expect(refusedAt(() => limits.take('sign-in', 'address', '1.2.3.4'))).toBe(60)
    expect(refusedAt((attempt) => limits.take('sign-in', 'address', `10.0.0.${attempt}`))).toBeNull()
  })
  it('A10: have figures for everything the contracts name', () => {
    for (const [name, subjects] of Object.entries(rateLimitTable))
      expect(Object.keys(subjects), name).not.toEqual([])
  })
})
