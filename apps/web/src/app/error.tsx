'use client'

import { Broken } from '../frame/broken.tsx'

export default function ErrorPage({ reset }: { reset: () => void }) {
  return <Broken onRetry={reset} />
}
