'use client'

import { useText } from '../text/use-text.ts'
import { ChoiceRule, RuleGroup } from './rule-row.tsx'
import { fromOption, toOption, windowOptions } from './rule-options.ts'
import type { RulesProps } from './rules-props.ts'
import '../text/words/communication.ts'

/** Who may begin, and how long what was sent can be taken back. */
export function TalkRules({ rules, disabled, change }: RulesProps) {
  const t = useText()
  return (
    <>
      <RuleGroup title={t('communication.starting')}>
        <ChoiceRule
          label={t('communication.directChats')}
          hint={t('communication.directChatsHint')}
          value={rules.directChats}
          options={[
            ['everyone', t('communicationChoice.everyone')],
            ['same-department', t('communicationChoice.sameDepartment')],
            ['admins', t('communicationChoice.admins')],
          ]}
          disabled={disabled}
          onChange={(directChats) => void change({ directChats })}
        />
        <ChoiceRule
          label={t('communication.groupCreation')}
          hint={t('communication.groupCreationHint')}
          value={rules.groupCreation}
          options={[
            ['everyone', t('communicationChoice.everyone')],
            ['managers', t('communicationChoice.managers')],
            ['admins', t('communicationChoice.admins')],
          ]}
          disabled={disabled}
          onChange={(groupCreation) => void change({ groupCreation })}
        />
      </RuleGroup>
      <RuleGroup title={t('communication.afterwards')}>
        {(['editWindow', 'deleteWindow'] as const).map((name) => (
          <ChoiceRule
            key={name}
            label={t(`communication.${name}`)}
            hint={t(`communication.${name}Hint`)}
            value={toOption(rules[name])}
            options={windowOptions(t, rules[name])}
            disabled={disabled}
            onChange={(value) => void change({ [name]: fromOption(value) })}
          />
        ))}
      </RuleGroup>
    </>
  )
}
