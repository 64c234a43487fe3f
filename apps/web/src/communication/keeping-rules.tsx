'use client'

import { useState } from 'react'
import { Confirm } from '../controls/confirm.tsx'
import { useText } from '../text/use-text.ts'
import { fromOption, retentionOptions, toOption } from './rule-options.ts'
import { ChoiceRule, RuleGroup } from './rule-row.tsx'
import type { RulesProps } from './rules-props.ts'
import '../text/words/communication.ts'

type Retention = 'messageRetention' | 'fileRetention'

/** How long things are kept. What makes more be deleted than until now is asked once more. */
export function KeepingRules({ rules, disabled, change }: RulesProps) {
  const t = useText()
  const [asked, setAsked] = useState<{ readonly name: Retention; readonly days: number } | null>(null)

  function choose(name: Retention, days: number | null) {
    const shorter = days !== null && days < (rules[name] ?? Infinity)
    if (shorter) setAsked({ name, days })
    else void change({ [name]: days })
  }

  return (
    <RuleGroup title={t('communication.keeping')}>
      {(['messageRetention', 'fileRetention'] as const).map((name) => (
        <ChoiceRule
          key={name}
          label={t(`communication.${name}`)}
          hint={t(`communication.${name}Hint`)}
          value={toOption(rules[name])}
          options={retentionOptions(t, rules[name])}
          disabled={disabled}
          onChange={(value) => choose(name, fromOption(value))}
        />
      ))}
      {asked ? (
        <Confirm
          title={t(asked.name === 'messageRetention' ? 'retention.messagesTitle' : 'retention.filesTitle', {
            days: asked.days,
          })}
          lead={t('retention.lead')}
          act={t('retention.act')}
          danger
          onConfirm={() => change({ [asked.name]: asked.days })}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </RuleGroup>
  )
}
