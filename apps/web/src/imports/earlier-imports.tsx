'use client'

import type { ChatImport } from '@parley/contracts/imports/chat-import'
import { errorCodes } from '@parley/contracts/kernel/error-codes'
import { useMembers } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { Undo2 } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { Button } from '../controls/button.tsx'
import { Confirm } from '../controls/confirm.tsx'
import { useLoaded } from '../controls/use-loaded.ts'
import { useText, type Text } from '../text/use-text.ts'
import { whenWithin } from '../time/format.ts'
import { useNow } from '../time/use-now.ts'
import '../text/words/moving.ts'
import { ImportProgress } from './import-progress.tsx'

/** While something goes on it is asked for so long after each answer. */
const EVERY = 800

const goesOn = ({ state }: ChatImport): boolean => state === 'running' || state === 'undoing'

/** What was imported into a group: how far it is, what came of it, and the way back. */
export function EarlierImports({ conversationId }: { conversationId: string }) {
  const t = useText()
  const client = useClient()
  const load = useCallback(
    () => client.call('listImports', { params: { conversationId } }),
    [client, conversationId],
  )
  const [loaded, again] = useLoaded(load)
  // what was known stays where an answer is lost
  const [imports, setImports] = useState<readonly ChatImport[]>([])
  if (loaded.state === 'loaded' && loaded.value.imports !== imports) setImports(loaded.value.imports)
  const busy = imports.some(goesOn)
  useEffect(() => {
    if (!busy) return
    const timer = setTimeout(again, EVERY)
    return () => clearTimeout(timer)
  }, [busy, again, loaded])
  if (imports.length === 0) return null
  return (
    <section className="mt-5">
      <h3 className="text-sm font-semibold">{t('importing.earlier')}</h3>
      <ul className="lines mt-1">
        {imports.map((one) => (
          <Earlier key={one.id} one={one} onChanged={again} />
        ))}
      </ul>
      {busy ? <p className="mt-2 text-xs text-ink-3">{t('importing.runs')}</p> : null}
    </section>
  )
}

function Earlier({ one, onChanged }: { one: ChatImport; onChanged: () => void }) {
  const t = useText()
  const client = useClient()
  const now = useNow()
  const name = useMembers().get(one.startedBy)?.name ?? t('chats.formerMember')
  const [asks, setAsks] = useState(false)
  const undoable = one.state !== 'undoing' && one.state !== 'undone'
  return (
    <li className="flex items-start gap-3">
      <div className="col min-w-0 flex-1 gap-0.5">
        <span className="cut text-sm font-medium" dir="auto">
          {one.chatName || t('importing.untitled')}
        </span>
        <span className="cut text-xs text-ink-3">
          {t('importing.by', { name, when: whenWithin(t, one.startedAt, now) })}
        </span>
        {one.state === 'running' ? (
          <ImportProgress
            label={t('importing.progress')}
            value={one.done}
            max={one.total}
            said={t('importing.running', { done: one.done, total: one.total })}
          />
        ) : (
          <span className="text-xs text-ink-2" role="status">
            {outcomeText(t, one)}
          </span>
        )}
      </div>
      {undoable ? (
        <Button size="small" look="quiet" icon={Undo2} onClick={() => setAsks(true)}>
          {t('importing.undo')}
        </Button>
      ) : null}
      {asks ? (
        <Confirm
          title={t('importing.undoTitle')}
          lead={t('importing.undoLead')}
          act={t('importing.undoDo')}
          danger
          onConfirm={async () => {
            await client.call('undoImport', { params: { importId: one.id } })
            onChanged()
          }}
          onClose={() => setAsks(false)}
        />
      ) : null}
    </li>
  )
}

function outcomeText(t: Text, one: ChatImport): string {
  const { state, failure, imported, repeated, tooOld, unreadable, files, filesMissing: missing } = one
  if (state === 'undoing') return t('importing.undoing')
  if (state === 'undone') return t('importing.undone')
  const came = `${t('importing.done', { imported, repeated, tooOld, unreadable })}, ${t('importing.filesDone', { files, missing })}`
  if (state === 'failed')
    return `${t('importing.failed', { why: failure ? errorCodes[failure].message : '' })} ${came}`
  return came
}
