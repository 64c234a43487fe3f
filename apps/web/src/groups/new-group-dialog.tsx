'use client'

import { createGroup } from '@parley/contracts/groups/routes'
import { useMe } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { Lock, UsersRound } from 'lucide-react'
import { useMemo, useState } from 'react'
import * as z from 'zod/mini'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { AreaField, TextField } from '../controls/field.tsx'
import { useFailureText } from '../controls/failure-text.ts'
import { State } from '../controls/state.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { useForm } from '../controls/use-form.ts'
import { chatAddress, useGo } from '../frame/navigation.ts'
import '../text/words/group-pane.ts'
import { useText } from '../text/use-text.ts'
import { PictureChoice } from './picture-choice.tsx'
import { savePicture } from './save-picture.ts'
import { PeopleChoice } from './people-choice.tsx'
import { useMayCreate } from './use-may-create.ts'

const aboutForm = z.pick(createGroup.body, { name: true, description: true })

interface NewGroupDialogProps {
  /** Chosen from the beginning. */
  memberIds: readonly string[]
  onClose: () => void
}

/** First who is in it, then what it is called. */
export function NewGroupDialog({ memberIds, onClose }: NewGroupDialogProps) {
  const t = useText()
  const allowed = useMayCreate()
  return (
    <Dialog title={t('groups.new')} onClose={onClose}>
      {allowed === true ? (
        <NewGroup memberIds={memberIds} onClose={onClose} />
      ) : (
        <State icon={Lock} title={t('newGroup.notAllowed')}>
          {t(allowed === 'admins' ? 'newGroup.notAllowedAdmins' : 'newGroup.notAllowedManagers')}
        </State>
      )}
    </Dialog>
  )
}

function NewGroup({ memberIds, onClose }: NewGroupDialogProps) {
  const t = useText()
  const me = useMe()?.id
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(memberIds))
  const [named, setNamed] = useState(false)
  const without = useMemo(() => new Set(me === undefined ? [] : [me]), [me])
  if (named) return <About chosen={chosen} onBack={() => setNamed(false)} onClose={onClose} />
  return (
    <>
      <h3 className="px-5 pt-1 text-sm text-ink-2">{t('newGroup.who')}</h3>
      <PeopleChoice chosen={chosen} onChange={setChosen} without={without} />
      <div className="dialog-foot">
        <Button look="quiet" onClick={onClose}>
          {t('acts.cancel')}
        </Button>
        <Button look="primary" onClick={() => setNamed(true)}>
          {t('newGroup.next', { count: chosen.size })}
        </Button>
      </div>
    </>
  )
}

interface AboutProps {
  chosen: ReadonlySet<string>
  onBack: () => void
  onClose: () => void
}

function About({ chosen, onBack, onClose }: AboutProps) {
  const t = useText()
  const client = useClient()
  const go = useGo()
  const { warn } = useToasts()
  const failureText = useFailureText()
  const [picture, setPicture] = useState<File | 'removed' | null>(null)
  const form = useForm({ name: '', description: '' }, aboutForm, async (about) => {
    const conversationId = await client.createGroup({ ...about, memberIds: [...chosen] })
    onClose()
    go(chatAddress(conversationId))
    // the group is there; its picture can be set once more from its details
    await savePicture(client, conversationId, picture).catch((error: unknown) =>
      warn(t('newGroup.pictureFailed', { why: failureText(error) })),
    )
  })
  return (
    <form noValidate onSubmit={form.submit}>
      <div className="dialog-body">
        <p className="lead">{t('newGroup.with', { count: chosen.size })}</p>
        <PictureChoice
          chosen={picture === 'removed' ? null : picture}
          onChoose={setPicture}
          removable={false}
        >
          <span className="av group xl" aria-hidden="true">
            <UsersRound className="i" />
          </span>
        </PictureChoice>
        <TextField label={t('newGroup.name')} autoFocus autoComplete="off" required {...form.text('name')} />
        <AreaField
          label={t('newGroup.description')}
          hint={t('newGroup.descriptionHint')}
          {...form.text('description')}
        />
      </div>
      <div className="dialog-foot">
        <p className="say bad fill" role="alert">
          {form.message}
        </p>
        <Button look="quiet" onClick={onBack}>
          {t('acts.back')}
        </Button>
        <Button type="submit" look="primary" busy={form.busy}>
          {form.busy ? t('newGroup.creating') : t('newGroup.create')}
        </Button>
      </div>
    </form>
  )
}
