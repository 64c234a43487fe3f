import { useTotalUnread } from '@parley/react/hooks'
import { useEffect } from 'react'
import { useText } from '../text/use-text.ts'

/** The tab's title with the number of unread messages before it: those that the person wants to be told of. */
export function usePageTitle(page: string): void {
  const t = useText()
  const count = useTotalUnread()
  useEffect(() => {
    document.title =
      count > 0 ? t('app.titleWithCount', { count: String(count), page }) : t('app.pageTitle', { page })
  }, [t, count, page])
}
