'use client'

import type { Conversation, Group } from '@parley/contracts/conversations/conversation'
import { changeGroup } from '@parley/contracts/groups/routes'
import { useClient } from '@parley/react/parley-provider'
import { useState } from 'react'
import * as z from 'zod/mini'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { AreaField, TextField } from '../controls/field.tsx'
import { useForm } from '../controls/use-form.ts'
import { GroupAvatar } from './group-avatar.tsx'
import { PictureChoice } from './picture-choice.tsx'
import { savePicture } from './save-picture.ts'
import { useText } from '../text/use-text.ts'
import '../text/words/group-pane.ts'

const editForm = z.pick(changeGroup.body, { name: true, description: true })

interface EditGroupDialogProps {
  conversation: Conversation
  group: Group
  onClose: () => void
}

/** Name, picture and description of a group. */
export function EditGroupDialog({ conversation, group, onClose }: EditGroupDialogProps) {
  const t = useText()
  const client = useClient()
  const { name, description } = group
  const [before] = useState({ name, description })
  const [picture, setPicture] = useState<File | 'removed' | null>(null)
  const form = useForm({ name, description }, editForm, async (after) => {
    // only what was changed here: another admin may be changing the other meanwhile
    const body = {
      ...(after.name !== before.name && { name: after.name }),
      ...(after.description !== before.description && { description: after.description }),
    }
    await client.call('changeGroup', { params: { conversationId: conversation.id }, body })
    await savePicture(client, conversation.id, picture)
    onClose()
  })
  return (
    <Dialog title={t('groupDetails.edit')} small onClose={onClose}>
      <form noValidate onSubmit={form.submit}>
        <div className="dialog-body">
          <PictureChoice chosen={picture} onChoose={setPicture} removable={group.pictureVersion !== null}>
            <GroupAvatar
              conversationId={conversation.id}
              group={picture === 'removed' ? { ...group, pictureVersion: null } : group}
              size="xl"
            />
          </PictureChoice>
          <TextField label={t('newGroup.name')} autoComplete="off" required {...form.text('name')} />
          <AreaField
            label={t('newGroup.description')}
            hint={t('newGroup.descriptionHint')}
            rows={3}
            {...form.text('description')}
          />
        </div>
        <div className="dialog-foot">
          <p className="say bad fill" role="alert">
            {form.message}
          </p>
          <Button look="quiet" onClick={onClose}>
            {t('acts.cancel')}
          </Button>
          <Button type="submit" look="primary" busy={form.busy}>
            {form.busy ? t('acts.saving') : t('groupDetails.editDo')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
