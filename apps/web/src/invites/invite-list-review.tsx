'use client'

import { errorCodes } from '@parley/contracts/kernel/error-codes'
import type { RouteResponse } from '@parley/contracts/kernel/route'
import { INVITE_DEFAULT_DAYS, INVITED_AT_ONCE_MAX } from '@parley/contracts/invites/routes'
import type { Routes } from '@parley/contracts/routes'
import { useDepartments } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { Download } from 'lucide-react'
import { useRef, useState } from 'react'
import { v7 as newId } from 'uuid'
import { Button } from '../controls/button.tsx'
import { useFailureText } from '../controls/failure-text.ts'
import { useMailWorks } from '../installation/use-mail-works.ts'
import { useText } from '../text/use-text.ts'
import '../text/words/admin.ts'
import { inviteLink } from './invite-link.ts'
import { linksAsCsv, type ListedPerson, type ReadList } from './read-people-list.ts'

/** So many people of one list. */
const LIST_MAX = 500

type Answers = RouteResponse<Routes['invitePeople']>['people']

interface InviteListReviewProps {
  list: ReadList
  onBack: () => void
  onClose: () => void
}

/** Who is on the list and what is wrong with it; then the links. */
export function InviteListReview({ list, onBack, onClose }: InviteListReviewProps) {
  const t = useText()
  const client = useClient()
  const failureText = useFailureText()
  const mailWorks = useMailWorks() === true
  const [send, setSend] = useState(true)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [answers, setAnswers] = useState<Answers | null>(null)
  const people = list.people.slice(0, LIST_MAX)
  // whatever breaks off is asked for again with the same ids, and goes on behind what was answered
  const ids = useRef<readonly string[]>([])
  const answered = useRef<Answers>([])
  if (answers) return <Invited people={people} answers={answers} onClose={onClose} />

  async function invite() {
    setBusy(true)
    setFailure(null)
    try {
      if (ids.current.length === 0) ids.current = people.map(() => newId())
      const listed = people.map(({ email, role, departmentIds }, index) => ({
        ...{ id: ids.current[index] ?? '', email, role, departmentIds: [...departmentIds] },
      }))
      while (answered.current.length < listed.length) {
        const from = answered.current.length
        const some = listed.slice(from, from + INVITED_AT_ONCE_MAX)
        const body = { people: some, expiresInDays: INVITE_DEFAULT_DAYS, send: send && mailWorks }
        const part = await client.call('invitePeople', { body })
        answered.current = [...answered.current, ...part.people]
      }
      setAnswers(answered.current)
    } catch (error) {
      setFailure(failureText(error))
      setBusy(false)
    }
  }
  return (
    <>
      <div className="dialog-body">
        <p className="lead">{t('inviteList.found', { count: people.length })}</p>
        {list.people.length > people.length ? (
          <p className="say bad" role="alert">
            {t('inviteList.tooMany', { max: LIST_MAX })}
          </p>
        ) : null}
        <Problems list={list} />
        <Listed people={people} />
        {mailWorks ? (
          <label className="check-row">
            <input type="checkbox" checked={send} onChange={({ target }) => setSend(target.checked)} />
            {t('inviteList.send')}
          </label>
        ) : null}
      </div>
      <div className="dialog-foot">
        <p className="say bad fill" role="alert">
          {failure}
        </p>
        <Button look="quiet" onClick={onBack}>
          {t('inviteList.again')}
        </Button>
        <Button look="primary" busy={busy} disabled={people.length === 0} onClick={() => void invite()}>
          {t('inviteList.invite', { count: people.length })}
        </Button>
      </div>
    </>
  )
}

function Problems({ list: { problems } }: { list: ReadList }) {
  const t = useText()
  if (problems.length === 0) return null
  return (
    <section className="mt-2" aria-label={t('inviteList.problems', { count: problems.length })}>
      <h3 className="text-sm font-semibold text-red-ink">
        {t('inviteList.problems', { count: problems.length })}
      </h3>
      <ul className="scroll-lines text-sm">
        {problems.map(({ line, what, value }) => (
          <li key={line}>{t(`inviteList.${what}`, { line, value })}</li>
        ))}
      </ul>
    </section>
  )
}

function Listed({ people }: { people: readonly ListedPerson[] }) {
  const t = useText()
  const departments = useDepartments()
  if (people.length === 0) return null
  const nameOf = (id: string) => departments.get(id)?.name ?? ''
  return (
    <ul className="lines scroll-lines mt-2 text-sm" aria-label={t('inviteList.people')}>
      {people.map(({ line, name, email, role, departmentIds }) => (
        <li key={line} className="match">
          <span className="col min-w-0">
            {name ? <bdi className="cut font-medium">{name}</bdi> : null}
            <bdi className="cut" dir="ltr">
              {email}
            </bdi>
          </span>
          <span className="cut text-ink-2">
            {[t(`roles.${role}`), ...departmentIds.map(nameOf)].join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  )
}

interface InvitedProps {
  people: readonly ListedPerson[]
  answers: Answers
  onClose: () => void
}

/** The links, to be saved now: they are kept hashed and never shown again. */
function Invited({ people, answers, onClose }: InvitedProps) {
  const t = useText()
  const made = answers.filter(({ token }) => token !== null)
  const mailed = made.filter((answer) => answer.mailed)
  const failed = answers.filter(({ token }) => token === null)
  function save() {
    const heading = [t('inviteList.name'), t('inviteList.email'), t('inviteList.link')]
    const rows = answers.flatMap(({ email, token }, index) =>
      token === null ? [] : [[people[index]?.name ?? '', email, inviteLink(token)]],
    )
    const url = URL.createObjectURL(new Blob([linksAsCsv([heading, ...rows])], { type: 'text/csv' }))
    const link = document.createElement('a')
    link.href = url
    link.download = 'parley-invitations.csv'
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
  }
  return (
    <>
      <div className="dialog-body" role="status">
        <p className="lead">{t('inviteList.made', { count: made.length })}</p>
        <p className="text-sm text-ink-2">{t('inviteList.mailed', { count: mailed.length })}</p>
        <p className="text-sm text-ink-2">{t('inviteList.linksOnce')}</p>
        {failed.length > 0 ? (
          <ul className="scroll-lines mt-2 text-sm">
            {failed.map(({ email, failure }) => (
              <li key={email}>
                <bdi dir="ltr">{email}</bdi>: {failure ? errorCodes[failure].message : null}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      <div className="dialog-foot">
        <Button look="quiet" onClick={onClose}>
          {t('acts.close')}
        </Button>
        {made.length > 0 ? (
          <Button look="primary" icon={Download} data-first onClick={save}>
            {t('inviteList.download')}
          </Button>
        ) : null}
      </div>
    </>
  )
}
