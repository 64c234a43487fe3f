'use client'

import { useMe, useOrganisation } from '@parley/react/hooks'
import { MessageCircle, UserPlus, X, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../controls/button.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { State } from '../controls/state.tsx'
import { useGo } from '../frame/navigation.ts'
import { useText } from '../text/use-text.ts'
import { recall, remember } from '../theme/theme.ts'

const HIDDEN_KEY = 'parley.first-steps-hidden'

/** Shown while there is no chat at all; hidden for good, on this device, by its cross. */
export function FirstSteps() {
  const t = useText()
  const go = useGo()
  const me = useMe()
  const organisation = useOrganisation()?.name ?? ''
  const [hidden, setHidden] = useState(() => recall(HIDDEN_KEY) === me?.id)
  const isAdmin = me?.role === 'admin'

  if (hidden) {
    return (
      <State icon={MessageCircle} tone="accent" title={t('chats.emptyTitle')}>
        {t('chats.emptyHint')}
      </State>
    )
  }
  return (
    <section className="card first-steps" aria-labelledby="first-steps">
      <header>
        <h2 id="first-steps" className="fill" dir="auto">
          {t('firstSteps.title', { name: me?.name ?? '' })}
        </h2>
        <IconButton
          icon={X}
          size="small"
          label={t('firstSteps.dismiss')}
          onClick={() => {
            remember(HIDDEN_KEY, me?.id ?? null)
            setHidden(true)
          }}
        />
      </header>
      <p>{isAdmin ? t('firstSteps.hint', { organisation }) : t('firstSteps.hintMember', { organisation })}</p>
      {isAdmin ? (
        <Step icon={UserPlus} title={t('firstSteps.invite')} hint={t('firstSteps.inviteHint')}>
          <Button look="primary" onClick={() => go('/admin/people')}>
            {t('firstSteps.inviteDo')}
          </Button>
        </Step>
      ) : null}
      <Step icon={MessageCircle} title={t('firstSteps.hello')} hint={t('firstSteps.helloHint')}>
        <Button look={isAdmin ? 'plain' : 'primary'} onClick={() => go('/people')}>
          {t('firstSteps.helloDo')}
        </Button>
      </Step>
    </section>
  )
}

interface StepProps {
  icon: LucideIcon
  title: string
  hint: string
  children: React.ReactNode
}

function Step({ icon: Icon, title, hint, children }: StepProps) {
  return (
    <div className="step">
      <span className="ic">
        <Icon className="i" />
      </span>
      <div className="fill">
        <h3 className="text-md">{title}</h3>
        <p className="text-sm text-ink-2">{hint}</p>
      </div>
      {children}
    </div>
  )
}
