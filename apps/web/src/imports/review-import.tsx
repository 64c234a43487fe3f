'use client'

import type { DateOrder, ImportPreview } from '@parley/contracts/imports/chat-import'
import { useMembers } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { CircleAlert } from 'lucide-react'
import { useMemo, useState } from 'react'
import { v7 as newId } from 'uuid'
import { Button } from '../controls/button.tsx'
import { useFailureText } from '../controls/failure-text.ts'
import { SelectField } from '../controls/field.tsx'
import { useText } from '../text/use-text.ts'
import '../text/words/moving.ts'
import { ImportFindings } from './import-findings.tsx'
import { matchPeople } from './match-people.ts'
import { PeopleFound, type Matches } from './people-found.tsx'
import { wallSpan } from './wall-date.ts'

interface ReviewImportProps {
  conversationId: string
  fileId: string
  preview: ImportPreview
  onBack: () => void
  onStarted: () => void
}

const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** What there is in the chat, and what has to be known before it is imported: whose clock, which dates, and who is who. */
export function ReviewImport({ conversationId, fileId, preview, onBack, onStarted }: ReviewImportProps) {
  const t = useText()
  const client = useClient()
  const failureText = useFailureText()
  const members = useMembers()
  const [id] = useState(() => newId())
  const [timeZone, setTimeZone] = useState(ownZone)
  const { readings, people, messages, memberIds } = preview
  const [order, setOrder] = useState<DateOrder | null>(
    readings.length === 1 ? (readings[0]?.order ?? null) : null,
  )
  const [matches, setMatches] = useState<Matches>(() =>
    matchPeople(
      people.map(({ name }) => name),
      memberIds.flatMap((id) => members.get(id) ?? []),
    ),
  )
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const zones = useMemo(() => [...new Set([ownZone(), 'UTC', ...Intl.supportedValuesOf('timeZone')])], [])

  async function start() {
    if (order === null) return
    setBusy(true)
    setFailure(null)
    try {
      const named = [...matches].map(([name, memberId]) => ({ name, memberId }))
      const body = { id, fileId, timeZone, dateOrder: order, people: named }
      await client.call('startImport', { params: { conversationId }, body })
      onStarted()
    } catch (error) {
      setFailure(failureText(error))
      setBusy(false)
    }
  }
  return (
    <>
      <div className="dialog-body">
        <ImportFindings preview={preview} order={order} />
        <DateChoice readings={readings} order={order} onChange={setOrder} />
        <PeopleFound memberIds={memberIds} people={people} matches={matches} onChange={setMatches} />
        <SelectField
          label={t('importing.zone')}
          value={timeZone}
          onChange={({ target }) => setTimeZone(target.value)}
        >
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </SelectField>
        {preview.repeated ? (
          <p className="say bad mt-3 flex gap-2" role="alert">
            <CircleAlert className="i m mt-0.5" />
            {t('importing.repeated')}
          </p>
        ) : null}
      </div>
      <div className="dialog-foot">
        <p className="say bad fill" role="alert">
          {failure}
        </p>
        <Button look="quiet" onClick={onBack}>
          {t('importing.again')}
        </Button>
        <Button
          look="primary"
          busy={busy}
          disabled={order === null || preview.repeated}
          onClick={() => void start()}
        >
          {t('importing.start', { count: messages })}
        </Button>
      </div>
    </>
  )
}

const LABELS = { 'day-first': 'dayFirst', 'month-first': 'monthFirst', 'year-first': 'yearFirst' } as const

interface DateChoiceProps {
  readings: ImportPreview['readings']
  order: DateOrder | null
  onChange: (order: DateOrder) => void
}

/** Asked only where the dates can be read in several ways. */
function DateChoice({ readings, order, onChange }: DateChoiceProps) {
  const t = useText()
  if (readings.length < 2) return null
  return (
    <fieldset className="options mt-3">
      <legend className="text-sm font-semibold">{t('importing.dates')}</legend>
      <p className="text-xs text-ink-3">{t('importing.datesHint')}</p>
      {readings.map((reading) => (
        <label key={reading.order}>
          <input
            type="radio"
            name="order"
            checked={order === reading.order}
            onChange={() => onChange(reading.order)}
          />
          {t(`importing.${LABELS[reading.order]}`, wallSpan(reading))}
        </label>
      ))}
    </fieldset>
  )
}
