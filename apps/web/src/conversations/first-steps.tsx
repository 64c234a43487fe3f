'use client'

import { useMe, useOrganisation } from '@parley/react/hooks'
import { Check, MessageCircle, UserPlus, X, type LucideIcon } from 'lucide-react'
import { Button } from '../controls/button.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { useGo } from '../frame/navigation.ts'
import { useText } from '../text/use-text.ts'
import type { useFirstSteps } from './use-first-steps.ts'
import '../text/words/first-steps.ts'

/** Shown until its steps are done, or hidden for good on this device by its cross. */
export function FirstSteps({ steps }: { steps: ReturnType<typeof useFirstSteps> }) {
  const t = useText()
  const go = useGo()
  const me = useMe()
  const organisation = useOrganisation()?.name ?? ''
  const isAdmin = me?.role === 'admin'

  return (
    <section className="card first-steps" aria-labelledby="first-steps">
      <header>
        <h2 id="first-steps" className="fill" dir="auto">
          {t('firstSteps.title', { name: me?.name ?? '' })}
        </h2>
        <IconButton icon={X} size="small" label={t('firstSteps.dismiss')} onClick={steps.dismiss} />
      </header>
      <p>{isAdmin ? t('firstSteps.hint', { organisation }) : t('firstSteps.hintMember', { organisation })}</p>
      {isAdmin ? (
        <Step
          icon={UserPlus}
          done={steps.invited}
          title={t('firstSteps.invite')}
          hint={t('firstSteps.inviteHint')}
        >
          <Button look={steps.invited ? 'plain' : 'primary'} onClick={() => go('/admin/people')}>
            {t('firstSteps.inviteDo')}
          </Button>
        </Step>
      ) : null}
      <Step
        icon={MessageCircle}
        done={steps.wrote}
        title={t('firstSteps.hello')}
        hint={t('firstSteps.helloHint')}
      >
        <Button look={isAdmin && !steps.invited ? 'plain' : 'primary'} onClick={() => go('/people')}>
          {t('firstSteps.helloDo')}
        </Button>
      </Step>
    </section>
  )
}

interface StepProps {
  icon: LucideIcon
  done: boolean
  title: string
  hint: string
  children: React.ReactNode
}

function Step({ icon: Icon, done, title, hint, children }: StepProps) {
  const t = useText()
  return (
    <div className={done ? 'step done' : 'step'}>
      <span className="ic">
        {done ? <Check className="i" role="img" aria-label={t('firstSteps.done')} /> : <Icon className="i" />}
      </span>
      <div className="fill">
        <h3 className="text-md">{title}</h3>
        <p className="text-sm text-ink-2">{hint}</p>
      </div>
      {children}
    </div>
  )
}
