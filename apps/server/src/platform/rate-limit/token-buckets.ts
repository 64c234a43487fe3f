/** How much is allowed: `burst` at once, refilled by `perSecond`. */
export interface Allowance {
  readonly burst: number
  readonly perSecond: number
}

interface Bucket {
  left: number
  at: number
}

export interface TokenBuckets {
  /** Takes `count` of them, or one; all or none. @returns 0, or the seconds after which they will be there; never, where that is more than `burst` */
  take(key: string, count?: number): number
  /** Forgets buckets that are full again, so that memory follows who is active. */
  sweep(): void
  size(): number
}

/** Token buckets by key. @param now milliseconds, never going back */
export function createTokenBuckets({ burst, perSecond }: Allowance, now: () => number): TokenBuckets {
  const buckets = new Map<string, Bucket>()
  const refill = (bucket: Bucket, at: number) => {
    bucket.left = Math.min(burst, bucket.left + ((at - bucket.at) / 1000) * perSecond)
    bucket.at = at
  }
  return {
    take(key, count = 1) {
      const at = now()
      const bucket = buckets.get(key)
      if (!bucket) {
        if (count > burst) return (count - burst) / perSecond
        buckets.set(key, { left: burst - count, at })
        return 0
      }
      refill(bucket, at)
      if (bucket.left < count) return (count - bucket.left) / perSecond
      bucket.left -= count
      return 0
    },
    sweep() {
      const at = now()
      for (const [key, bucket] of buckets) {
        refill(bucket, at)
        if (bucket.left >= burst) buckets.delete(key)
      }
    },
    size: () => buckets.size,
  }
}
