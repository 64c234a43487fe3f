'use client'

import { ChevronLeft } from 'lucide-react'
import { IconButton } from '../controls/icon-button.tsx'
import { DetailsPane } from '../frame/details-pane.tsx'
import { useText } from '../text/use-text.ts'
import '../text/words/chat-menu.ts'
import { StarredList } from './starred-list.tsx'

/** Everything that is starred, in the chat list's place. */
export function StarredEverywhere({ onBack }: { onBack: () => void }) {
  const t = useText()
  return (
    <>
      <header className="bar">
        <IconButton
          className="-ms-3"
          icon={ChevronLeft}
          flips
          label={t('chatMenu.back')}
          autoFocus
          onClick={onBack}
        />
        <h1 className="fill">{t('chatMenu.starredTitle')}</h1>
      </header>
      <div className="scroll" role="region" aria-label={t('chatMenu.starredTitle')} tabIndex={0}>
        <StarredList />
      </div>
    </>
  )
}

/** What is starred in one chat, in its details. */
export function StarredHere({
  conversationId,
  onBack,
  onClose,
}: {
  conversationId: string
  onBack: () => void
  onClose: () => void
}) {
  const t = useText()
  return (
    <DetailsPane title={t('chatMenu.starredTitle')} onBack={onBack} onClose={onClose}>
      <StarredList conversationId={conversationId} />
    </DetailsPane>
  )
}
