'use client'

import { FILE_KINDS } from '@parley/contracts/communication/file-kinds'
import { useText } from '../text/use-text.ts'
import { fromOption, quotaOptions, sizeOptions, toOption } from './rule-options.ts'
import { ChoiceRule, ManyRule, RuleGroup } from './rule-row.tsx'
import type { RulesProps } from './rules-props.ts'
import { useAllowedOptions } from './use-allowed-options.ts'
import '../text/words/communication.ts'

/** Who may share which files. */
export function FileRules({ rules, disabled, change }: RulesProps) {
  const t = useText()
  const allowed = useAllowedOptions()
  // what nobody may do needs no more rules
  const off = disabled || rules.fileSharing === 'nobody'
  return (
    <RuleGroup title={t('communication.files')}>
      <ChoiceRule
        label={t('communication.fileSharing')}
        hint={t('communication.fileSharingHint')}
        value={rules.fileSharing}
        options={allowed}
        disabled={disabled}
        onChange={(fileSharing) => void change({ fileSharing })}
      />
      <ManyRule
        label={t('communication.fileKinds')}
        none={t('communication.fileKindsNone')}
        values={rules.fileKinds}
        options={FILE_KINDS.map((kind) => [kind, t(`fileKind.${kind}`)] as const)}
        disabled={off}
        onChange={(fileKinds) => void change({ fileKinds })}
      />
      <ChoiceRule
        label={t('communication.fileMaxBytes')}
        hint={t('communication.fileMaxBytesHint')}
        value={toOption(rules.fileMaxBytes)}
        options={sizeOptions(rules.fileMaxBytes)}
        disabled={off}
        onChange={(value) => void change({ fileMaxBytes: Number(value) })}
      />
      <ChoiceRule
        label={t('communication.fileQuotaBytes')}
        hint={t('communication.fileQuotaBytesHint')}
        value={toOption(rules.fileQuotaBytes)}
        options={quotaOptions(t, rules.fileQuotaBytes)}
        disabled={off}
        onChange={(value) => void change({ fileQuotaBytes: fromOption(value) })}
      />
    </RuleGroup>
  )
}
