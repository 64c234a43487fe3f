import '@fontsource-variable/inter/index.css'
import '../styles/globals.css'
import type { AppProps } from 'next/app'
import { Fragment, useLayoutEffect } from 'react'
import { FaultBoundary } from '../frame/fault-boundary.tsx'
import type { Page } from '../frame/page.ts'
import { TextProvider } from '../text/text-provider.tsx'
import { useText } from '../text/use-text.ts'
import { FollowTheme } from '../theme/follow-theme.tsx'

export default function App({ Component, router }: AppProps) {
  const { layout: Layout = Fragment, title } = Component as Page
  return (
    <TextProvider>
      <FollowTheme />
      <PageTitle title={title} />
      <FaultBoundary path={router.pathname}>
        <Layout>
          <Component />
        </Layout>
      </FaultBoundary>
    </TextProvider>
  )
}

/** Before the effects of the screens, which may have more to say. The first one stands in the page as it was built. */
function PageTitle({ title }: { title: Page['title'] | undefined }) {
  const t = useText()
  useLayoutEffect(() => {
    if (title) document.title = t('app.pageTitle', { page: t(title) })
  }, [t, title])
  return null
}
