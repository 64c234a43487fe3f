'use client'

import { useText } from '../text/use-text.ts'
import { ChoiceRule, RuleGroup, SwitchRule } from './rule-row.tsx'
import type { RulesProps } from './rules-props.ts'
import { useAllowedOptions } from './use-allowed-options.ts'
import '../text/words/communication.ts'

/** What leaves Parley. */
export function OutsideRules({ rules, disabled, change }: RulesProps) {
  const t = useText()
  const full = rules.pushContent === 'full'
  return (
    <RuleGroup title={t('communication.outside')}>
      <SwitchRule
        label={t('communication.pushContent')}
        hint={t(full ? 'communication.pushContentFull' : 'communication.pushContentHidden')}
        on={full}
        disabled={disabled}
        onChange={(on) => void change({ pushContent: on ? 'full' : 'hidden' })}
      />
      <SwitchRule
        label={t('communication.linkPreviews')}
        hint={t(rules.linkPreviews ? 'communication.linkPreviewsOn' : 'communication.linkPreviewsOff')}
        on={rules.linkPreviews}
        disabled={disabled}
        onChange={(linkPreviews) => void change({ linkPreviews })}
      />
      <ChoiceRule
        label={t('communication.chatExport')}
        hint={t('communication.chatExportHint')}
        value={rules.chatExport}
        options={useAllowedOptions()}
        disabled={disabled}
        onChange={(chatExport) => void change({ chatExport })}
      />
    </RuleGroup>
  )
}
