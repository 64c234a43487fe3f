'use client'

import type { QuietHours } from '@parley/contracts/notifications/notification-settings'
import { useState } from 'react'
import { ChoiceRule, ManyRule, RuleGroup, SwitchRule } from '../communication/rule-row.tsx'
import { TextField } from '../controls/field.tsx'
import { useText } from '../text/use-text.ts'
import '../text/words/notification.ts'

const DAYS = ['1', '2', '3', '4', '5', '6', '7'] as const
type Day = (typeof DAYS)[number]
const MINUTE = 60_000
const DAY = 1_440 * MINUTE
/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1)

const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' })
const dayOptions = DAYS.map((day) => [day, weekday.format(MONDAY + (Number(day) - 1) * DAY)] as const)

const here = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
const usualHours = (): QuietHours => ({
  from: 22 * 60,
  to: 7 * 60,
  days: [1, 2, 3, 4, 5, 6, 7],
  timeZone: here(),
})

const asTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Minutes after midnight; null for what is no time. */
function asMinutes(time: string): number | null {
  const [, hour, minute] = /^(\d\d):(\d\d)$/.exec(time) ?? []
  return hour === undefined ? null : Number(hour) * 60 + Number(minute)
}

interface QuietHoursCardProps {
  hours: QuietHours | null
  disabled: boolean
  onChange: (hours: QuietHours | null) => void
}

/** When nothing is told. */
export function QuietHoursCard({ hours, disabled, onChange }: QuietHoursCardProps) {
  const t = useText()
  const round = hours?.from === hours?.to
  const hint = hours
    ? round
      ? t('notifications.quietRound')
      : t('notifications.quietOn', { from: asTime(hours.from), to: asTime(hours.to) })
    : t('notifications.quietOff')
  return (
    <RuleGroup title={t('notifications.quiet')}>
      <SwitchRule
        label={t('notifications.quietSwitch')}
        hint={hint}
        on={hours !== null}
        disabled={disabled}
        onChange={(on) => onChange(on ? usualHours() : null)}
      />
      {hours ? (
        <>
          <div className="rule times">
            <TimeField
              key={`from ${hours.from}`}
              label={t('notifications.from')}
              minutes={hours.from}
              onChange={(from) => onChange({ ...hours, from })}
            />
            <TimeField
              key={`to ${hours.to}`}
              label={t('notifications.to')}
              minutes={hours.to}
              onChange={(to) => onChange({ ...hours, to })}
            />
          </div>
          <ManyRule<Day>
            label={t('notifications.days')}
            none={t('notifications.daysNone')}
            values={hours.days.map((day) => String(day) as Day)}
            options={dayOptions}
            disabled={disabled}
            onChange={(days) => {
              if (days.length > 0) onChange({ ...hours, days: days.map(Number).sort() })
            }}
          />
          <ChoiceRule
            label={t('notifications.timeZone')}
            hint={t('notifications.timeZoneHint')}
            value={hours.timeZone}
            options={zoneOptions(hours.timeZone)}
            disabled={disabled}
            onChange={(timeZone) => onChange({ ...hours, timeZone })}
          />
        </>
      ) : null}
    </RuleGroup>
  )
}

/** All that the browser knows, this place first; and the one that is set, should another browser have set it. */
function zoneOptions(set: string): (readonly [string, string])[] {
  const zones = new Set([here(), set, ...Intl.supportedValuesOf('timeZone')])
  return [...zones].map((zone) => [zone, zone.replaceAll('_', ' ')] as const)
}

interface TimeFieldProps {
  label: string
  minutes: number
  onChange: (minutes: number) => void
}

/** Kept when it is left: while it is being typed it is half a time. */
function TimeField({ label, minutes, onChange }: TimeFieldProps) {
  const [value, setValue] = useState(asTime(minutes))
  const keep = () => {
    const typed = asMinutes(value)
    if (typed === null) setValue(asTime(minutes))
    else if (typed !== minutes) onChange(typed)
  }
  return (
    <TextField
      label={label}
      type="time"
      dir="ltr"
      value={value}
      onChange={(event) => setValue(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep()
      }}
    />
  )
}
