'use client'

import type { ReactNode } from 'react'
import { Mark } from '../controls/mark.tsx'
import { RowBones, TalkBones } from '../controls/bones.tsx'
import { PaletteProvider } from '../search/palette-provider.tsx'
import { KeptFocus } from './kept-focus.tsx'
import { lazyPart } from './lazy-part.tsx'
import { useText } from '../text/use-text.ts'
import { Rail, TabBar } from './main-nav.tsx'
import { StatusBars } from './status-bars.tsx'
import { usePartsAhead } from './use-parts-ahead.ts'

const BeingTold = lazyPart(() => import('../notifications/being-told.tsx').then((module) => module.BeingTold))

/** Rail, page and, on a phone, tabs. */
export function DeskFrame({ children }: { children: ReactNode }) {
  const t = useText()
  usePartsAhead()
  return (
    <PaletteProvider>
      <div className="app">
        <a className="skip" href="#content">
          {t('app.skip')}
        </a>
        <StatusBars />
        <div className="frame">
          <Rail />
          {children}
        </div>
        <TabBar />
        <BeingTold />
        <KeptFocus />
      </div>
    </PaletteProvider>
  )
}

/** What is there before the local store is read: the frame, and bones where content will be. */
export function DeskBones() {
  return (
    <div className="app" aria-busy="true">
      <div className="frame">
        <div className="rail">
          <Mark />
        </div>
        <div className="panes" data-show="list">
          <div className="pane">
            <div className="bar" />
            <RowBones />
          </div>
          <div className="main">
            <div className="bar" />
            <div className="talk">
              <TalkBones />
            </div>
          </div>
        </div>
      </div>
    </div>
  )
}
