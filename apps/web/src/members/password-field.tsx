'use client'

import { Eye, EyeOff } from 'lucide-react'
import { useState, type ComponentProps } from 'react'
import { FieldShell, shell, type FieldShellProps } from '../controls/field.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { useText } from '../text/use-text.ts'
import { PasswordMeter } from './password-meter.tsx'
import '../text/words/account.ts'

type PasswordFieldProps = FieldShellProps &
  Omit<ComponentProps<'input'>, 'className' | 'id' | 'type'> & {
    /** Words that this person's password should not be made of; given, the strength is shown. */
    judgeAgainst?: readonly string[]
  }

export function PasswordField({ label, error, hint, className, judgeAgainst, ...input }: PasswordFieldProps) {
  const t = useText()
  const [shown, setShown] = useState(false)
  const value = typeof input.value === 'string' ? input.value : ''
  const meter = judgeAgainst ? (
    <PasswordMeter password={value} words={judgeAgainst} quiet={Boolean(error)} />
  ) : null
  return (
    <div className={className}>
      <FieldShell {...shell({ label, error, hint, className: undefined })}>
        {(ids) => (
          <div className="input">
            <input
              {...input}
              {...ids}
              type={shown ? 'text' : 'password'}
              dir="ltr"
              autoCapitalize="none"
              spellCheck={false}
            />
            <IconButton
              icon={shown ? EyeOff : Eye}
              size="small"
              label={shown ? t('account.hidePassword') : t('account.showPassword')}
              aria-pressed={shown}
              onClick={() => setShown(!shown)}
            />
          </div>
        )}
      </FieldShell>
      {meter}
    </div>
  )
}
