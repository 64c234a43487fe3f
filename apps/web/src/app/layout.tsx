import '@fontsource-variable/inter/index.css'
import './globals.css'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { en } from '../text/en/en.ts'
import { TextProvider } from '../text/text-provider.tsx'
import { FollowTheme } from '../theme/follow-theme.tsx'
import { beforePaintScript } from '../theme/theme.ts'

export const metadata: Metadata = {
  title: { default: en.app.name, template: `%s · ${en.app.name}` },
  description: en.app.description,
  applicationName: en.app.name,
  manifest: '/manifest.webmanifest',
  icons: {
    icon: [
      { url: '/icons/mark.svg', type: 'image/svg+xml' },
      { url: '/icons/192.png', sizes: '192x192', type: 'image/png' },
    ],
    apple: '/icons/apple.png',
  },
  robots: { index: false, follow: false },
  appleWebApp: { capable: true, title: en.app.name, statusBarStyle: 'default' },
  formatDetection: { telephone: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  interactiveWidget: 'resizes-content',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#eff3f3' },
    { media: '(prefers-color-scheme: dark)', color: '#0d1213' },
  ],
}

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" dir="ltr" data-theme="light" suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: beforePaintScript }} />
      </head>
      <body>
        <FollowTheme />
        <TextProvider>{children}</TextProvider>
      </body>
    </html>
  )
}
