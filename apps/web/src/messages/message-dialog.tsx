'use client'

import type { MessageView } from '@parley/client/client-api'
import { lazyPart } from '../frame/lazy-part.tsx'

const DeleteDialog = lazyPart(() => import('./delete-dialog.tsx').then((module) => module.DeleteDialog))
const HideDialog = lazyPart(() => import('./hide-dialog.tsx').then((module) => module.HideDialog))
const EditsDialog = lazyPart(() => import('./edits-dialog.tsx').then((module) => module.EditsDialog))
const ForwardDialog = lazyPart(() => import('./forward-dialog.tsx').then((module) => module.ForwardDialog))
const ReactionsDialog = lazyPart(() =>
  import('./reactions-dialog.tsx').then((module) => module.ReactionsDialog),
)

/** Something about messages that a dialog asks or shows. */
export interface Asked {
  readonly what: 'delete' | 'hide' | 'forward' | 'reactions' | 'edits'
  /** Oldest first. */
  readonly messages: readonly MessageView[]
}

interface MessageDialogProps {
  asked: Asked
  /** As the messages are now: they may change while the dialog stands. */
  shown: readonly MessageView[]
  /** It was done: what was chosen for it need not be any more. */
  onDone: () => void
  onClose: () => void
}

export function MessageDialog({ asked, shown, onDone, onClose }: MessageDialogProps) {
  const now = asked.messages.map((message) => shown.find(({ id }) => id === message.id) ?? message)
  const [first] = now
  if (!first) return null
  if (asked.what === 'forward') return <ForwardDialog messages={now} onDone={onDone} onClose={onClose} />
  if (asked.what === 'hide') return <HideDialog messages={now} onDone={onDone} onClose={onClose} />
  if (asked.what === 'edits') return <EditsDialog message={first} onClose={onClose} />
  if (asked.what === 'delete') return <DeleteDialog messages={now} onDone={onDone} onClose={onClose} />
  return <ReactionsDialog message={first} onClose={onClose} />
}
