'use client'

import type { DateOrder, ImportPreview } from '@parley/contracts/imports/chat-import'
import { useText } from '../text/use-text.ts'
import '../text/words/moving.ts'
import { wallSpan } from './wall-date.ts'

const WHATS = {
  'before-first-message': 'beforeFirst',
  'no-such-date': 'noSuchDate',
  'nothing-in-it': 'nothingInIt',
} as const

/** What there is in a chat, in sentences. */
export function ImportFindings({ preview, order }: { preview: ImportPreview; order: DateOrder | null }) {
  const t = useText()
  const { chatName, messages, people, files, filesMissing, filesOmitted, systemLines, readings } = preview
  const reading = readings.find((one) => one.order === order) ?? readings[0]
  if (!reading) return null
  return (
    <div className="col gap-1 text-sm">
      {chatName ? (
        <h3 className="font-semibold" dir="auto">
          {chatName}
        </h3>
      ) : null}
      <p>{t('importing.found', { messages, people: people.length, ...wallSpan(reading) })}</p>
      <p className="text-ink-2">{t('importing.files', { files, missing: filesMissing + filesOmitted })}</p>
      {systemLines > 0 ? <p className="text-ink-2">{t('importing.system', { count: systemLines })}</p> : null}
      {preview.groupHasMessages ? <p className="text-ink-2">{t('importing.below')}</p> : null}
      <p className="text-ink-2">{t('importing.nobodyTold')}</p>
      <Problems preview={preview} />
    </div>
  )
}

function Problems({ preview: { problems, problemCount } }: { preview: ImportPreview }) {
  const t = useText()
  if (problemCount === 0) return null
  return (
    <details className="mt-1 text-ink-2">
      <summary className="cursor-pointer">{t('importing.problems', { count: problemCount })}</summary>
      <ul className="mt-1 list-disc ps-5 text-xs">
        {problems.map(({ line, what }) => (
          <li key={`${what} ${String(line)}`}>{t(`importing.${WHATS[what]}`, { line })}</li>
        ))}
        {problemCount > problems.length ? (
          <li>{t('importing.andMore', { count: problemCount - problems.length })}</li>
        ) : null}
      </ul>
    </details>
  )
}
