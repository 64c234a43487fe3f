'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useText } from '../text/use-text.ts'
import { Button } from './button.tsx'
import { useToasts } from './toasts.tsx'

/** Copies, and says so in its own place for a moment. */
export function CopyButton({
  text,
  label,
  copiedAlready = false,
}: {
  text: string
  label?: string
  copiedAlready?: boolean
}) {
  const t = useText()
  const { warn } = useToasts()
  const [copied, setCopied] = useState(copiedAlready)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 4_000)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <Button
      size="small"
      icon={copied ? Check : Copy}
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => setCopied(true),
          () => warn(t('message.copyFailed')),
        )
      }}
    >
      <span aria-live="polite">{copied ? t('acts.copied') : (label ?? t('acts.copy'))}</span>
    </Button>
  )
}
