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
  /** Takes one. @returns 0, or the seconds after which one will be there */
  take(key: string): number
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
    take(key) {
      const at = now()
      const bucket = buckets.get(key)
      if (!bucket) {
        buckets.set(key, { left: burst - 1, at })
        return 0
      }
      refill(bucket, at)
      if (bucket.left < 1) return (1 - bucket.left) / perSecond
      bucket.left -= 1
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
