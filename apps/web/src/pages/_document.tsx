import Document, {
  Head,
  Html,
  Main,
  NextScript,
  type DocumentContext,
  type DocumentInitialProps,
} from 'next/document'
import type { ReactElement } from 'react'
import { createTranslator } from 'use-intl'
import type { Page } from '../frame/page.ts'
import { en } from '../text/en/en.ts'
import { beforePaintScript } from '../theme/theme.ts'

/** The page around all pages, as it is built: nothing of this runs in a browser. */
export default class ParleyDocument extends Document {
  static override async getInitialProps(context: DocumentContext): Promise<DocumentInitialProps> {
    let title: Page['title']
    const { renderPage } = context
    context.renderPage = () =>
      renderPage({
        enhanceComponent: (component) => {
          title = (component as Page).title
          return component
        },
      })
    const props = await Document.getInitialProps(context)
    return { ...props, head: [...(props.head ?? []).filter((tag) => !isViewport(tag)), ...ownTags(title)] }
  }

  override render() {
    return (
      <Html lang="en" dir="ltr" data-theme="light">
        <Head>
          <meta name="description" content={en.app.description} />
          <meta name="application-name" content={en.app.name} />
          <meta name="robots" content="noindex, nofollow" />
          <meta name="mobile-web-app-capable" content="yes" />
          <meta name="apple-mobile-web-app-title" content={en.app.name} />
          <meta name="apple-mobile-web-app-status-bar-style" content="default" />
          <meta name="format-detection" content="telephone=no" />
          <meta name="theme-color" media="(prefers-color-scheme: light)" content="#eff3f3" />
          <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0d1213" />
          <link rel="manifest" href="/manifest.webmanifest" />
          <link rel="icon" href="/icons/mark.svg" type="image/svg+xml" />
          <link rel="icon" href="/icons/192.png" type="image/png" sizes="192x192" />
          <link rel="apple-touch-icon" href="/icons/apple.png" />
          <script dangerouslySetInnerHTML={{ __html: beforePaintScript }} />
        </Head>
        <body>
          <Main />
          <NextScript />
        </body>
      </Html>
    )
  }
}

/** Next writes a viewport of its own, which leaves no room for the edges of phones and their keyboards. */
const isViewport = (tag: ReactElement<{ name?: string }> | null) => tag?.props.name === 'viewport'

function ownTags(title: Page['title']): ReactElement[] {
  const t = createTranslator({ locale: 'en', messages: en })
  return [
    <title key="title">{title ? t('app.pageTitle', { page: t(title) }) : en.app.name}</title>,
    <meta
      key="viewport"
      name="viewport"
      content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
    />,
  ]
}
