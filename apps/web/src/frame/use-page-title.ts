import { useUnreadChats } from '@parley/react/hooks'
import { useEffect } from 'react'
import { useText } from '../text/use-text.ts'

/** The tab's title with the number of unread chats before it. */
export function usePageTitle(page: string): void {
  const t = useText()
  const count = useUnreadChats()
  useEffect(() => {
    document.title =
      count > 0 ? t('app.titleWithCount', { count: String(count), page }) : t('app.pageTitle', { page })
  }, [t, count, page])
}
