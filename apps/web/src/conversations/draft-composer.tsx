'use client'

import { useClient } from '@parley/react/parley-provider'
import type { Ref } from 'react'
import { useComposeFiles } from '../files/use-compose-files.tsx'
import { lazyPart } from '../frame/lazy-part.tsx'
import { Composer, type ComposerHandle } from './composer.tsx'
import { useDraftText } from './use-draft-text.ts'
import type { About } from './use-writing.ts'

const ComposerAbout = lazyPart(() => import('./composer-about.tsx').then((module) => module.ComposerAbout))

interface DraftComposerProps {
  conversationId: string
  name: string
  about: Extract<About, { kind: 'reply' }> | null
  onDone: () => void
  /** The arrow up in an empty field asks for the last own message. */
  onChangeLast: () => void
  ref: Ref<ComposerHandle>
}

/** The composer with the chat's draft in it. */
export function DraftComposer({
  conversationId,
  name,
  about,
  onDone,
  onChangeLast,
  ref,
}: DraftComposerProps) {
  const client = useClient()
  const writing = useDraftText(conversationId, about?.message)
  const files = useComposeFiles({
    conversationId,
    name,
    writing,
    replyTo: about?.message ?? null,
    onSent: onDone,
  })
  async function send() {
    // who answers from far in the past wants to see what they said
    client.showLatest(conversationId)
    onDone()
    await writing.send()
  }
  return (
    <Composer
      ref={ref}
      conversationId={conversationId}
      name={name}
      writing={{ ...writing, send }}
      onEscape={about ? onDone : undefined}
      onArrowUp={onChangeLast}
      files={files}
      above={about ? <ComposerAbout about={about} onClose={onDone} /> : null}
    />
  )
}
