'use client'

import { useText } from '../text/use-text.ts'
import { RuleGroup, SwitchRule } from './rule-row.tsx'
import type { RulesProps } from './rules-props.ts'
import '../text/words/communication.ts'

/** What people see of each other. */
export function SeeingRules({ rules, disabled, change }: RulesProps) {
  const t = useText()
  const optional = rules.seenMarks === 'optional'
  return (
    <RuleGroup title={t('communication.seeing')}>
      <SwitchRule
        label={t('communication.seenMarks')}
        hint={t(optional ? 'communication.seenMarksOptional' : 'communication.seenMarksRequired')}
        on={optional}
        disabled={disabled}
        onChange={(on) => void change({ seenMarks: on ? 'optional' : 'required' })}
      />
      <SwitchRule
        label={t('communication.lastSeenHiding')}
        hint={t(rules.lastSeenHiding ? 'communication.lastSeenHidingOn' : 'communication.lastSeenHidingOff')}
        on={rules.lastSeenHiding}
        disabled={disabled}
        onChange={(lastSeenHiding) => void change({ lastSeenHiding })}
      />
      <SwitchRule
        label={t('communication.appearingOffline')}
        hint={t(
          rules.appearingOffline ? 'communication.appearingOfflineOn' : 'communication.appearingOfflineOff',
        )}
        on={rules.appearingOffline}
        disabled={disabled}
        onChange={(appearingOffline) => void change({ appearingOffline })}
      />
    </RuleGroup>
  )
}
