'use client'

import { Archive, Ellipsis, Star } from 'lucide-react'
import { IconButton } from '../controls/icon-button.tsx'
import { Menu, MenuItem } from '../controls/menu.tsx'
import { useText } from '../text/use-text.ts'
import '../text/words/chat-menu.ts'

interface ListMenuProps {
  onStarred: () => void
  onArchive: () => void
  /** Where it belongs. */
  container: Element | null
}

/** What else there is about chats, opened at once: it is fetched with the first wish for it. */
export function ListMenu({ onStarred, onArchive, container }: ListMenuProps) {
  const t = useText()
  return (
    <Menu
      openAtOnce
      label={t('chats.more')}
      container={container}
      trigger={<IconButton icon={Ellipsis} label={t('chats.more')} />}
    >
      <MenuItem icon={Star} onSelect={onStarred}>
        {t('chatMenu.starredTitle')}
      </MenuItem>
      <MenuItem icon={Archive} onSelect={onArchive}>
        {t('chatMenu.archivedTitle')}
      </MenuItem>
    </Menu>
  )
}
