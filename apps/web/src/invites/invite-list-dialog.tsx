'use client'

import { useAccounts, useDepartments, useInvites } from '@parley/react/hooks'
import { FileUp } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { useText } from '../text/use-text.ts'
import { useNow } from '../time/use-now.ts'
import '../text/words/admin.ts'
import { InviteListReview } from './invite-list-review.tsx'
import { readPeopleList, textOfList, type KnownPeople, type ReadList } from './read-people-list.ts'

/** A list of five hundred people is a hundredth of that. */
const BYTES_MAX = 5 * 1024 * 1024

/** Many people at once, from a spreadsheet: chosen, looked at with what is wrong in it, invited. */
export function InviteListDialog({ onClose }: { onClose: () => void }) {
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  const known = useKnownPeople()
  const [list, setList] = useState<ReadList | null>(null)
  const [failure, setFailure] = useState<string | null>(null)

  async function take(file: File) {
    setFailure(null)
    if (file.size > BYTES_MAX) {
      setFailure(t('inviteList.tooLarge'))
      return
    }
    const found = readPeopleList(textOfList(new Uint8Array(await file.arrayBuffer())), known)
    if (found.people.length + found.problems.length === 0) setFailure(t('inviteList.nothing'))
    else setList(found)
  }
  return (
    <Dialog title={t('inviteList.title')} onClose={onClose}>
      {list ? (
        <InviteListReview list={list} onBack={() => setList(null)} onClose={onClose} />
      ) : (
        <div className="dialog-body">
          <p className="lead">{t('inviteList.lead')}</p>
          <pre className="sample" dir="ltr" tabIndex={0}>
            {t('inviteList.sample')}
          </pre>
          <div
            className="drop-zone"
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault()
              const [file] = event.dataTransfer.files
              if (file) void take(file)
            }}
          >
            <Button look="primary" icon={FileUp} data-first onClick={() => input.current?.click()}>
              {t('inviteList.choose')}
            </Button>
            <input
              ref={input}
              type="file"
              accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
              className="hidden"
              aria-label={t('inviteList.choose')}
              onChange={({ target }) => {
                const [file] = target.files ?? []
                if (file) void take(file)
                target.value = ''
              }}
            />
          </div>
          <p className="say bad mt-3" role="alert">
            {failure}
          </p>
        </div>
      )}
    </Dialog>
  )
}

function useKnownPeople(): KnownPeople {
  const departments = useDepartments()
  const accounts = useAccounts()
  const invites = useInvites()
  const now = useNow()
  return useMemo(() => {
    const open = invites.filter(({ state, expiresAt }) => state === 'pending' && expiresAt > now)
    return {
      departments: [...departments.values()],
      members: new Set([...accounts.values()].map(({ email }) => email.toLowerCase())),
      invited: new Set(open.flatMap(({ email }) => (email === null ? [] : [email.toLowerCase()]))),
    }
  }, [departments, accounts, invites, now])
}
