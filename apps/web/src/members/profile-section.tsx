'use client'

import { changeOwnProfile } from '@parley/contracts/members/routes'
import { useMe, useOwnProfile } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { TextField } from '../controls/field.tsx'
import { FormFoot } from '../controls/form-foot.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { useForm } from '../controls/use-form.ts'
import { useText } from '../text/use-text.ts'
import { OwnPicture } from './own-picture.tsx'
import '../text/words/people.ts'

export function ProfileSection() {
  const t = useText()
  const me = useMe()
  return (
    <section className="setting">
      <p className="lead">{t('profile.hint')}</p>
      {me ? (
        <div className="card">
          <OwnPicture me={me} />
          <ProfileForm key={me.id} name={me.name} statusText={me.statusText} />
        </div>
      ) : null}
    </section>
  )
}

function ProfileForm({ name, statusText }: { name: string; statusText: string }) {
  const t = useText()
  const client = useClient()
  const isAdmin = useMe()?.role === 'admin'
  const email = useOwnProfile()?.email ?? ''
  const { say } = useToasts()
  const form = useForm({ name, statusText }, changeOwnProfile.body, async (body) => {
    await client.call('changeOwnProfile', { body })
    say(t('profile.saved'))
  })
  return (
    <form className="contents" noValidate onSubmit={form.submit}>
      <TextField label={t('profile.name')} autoComplete="name" required {...form.text('name')} />
      <TextField
        label={t('profile.status')}
        hint={t('profile.statusHint')}
        maxLength={140}
        {...form.text('statusText')}
      />
      <TextField
        label={t('profile.email')}
        hint={isAdmin ? t('profile.emailHintAdmin') : t('profile.emailHint')}
        value={email}
        dir="ltr"
        disabled
        readOnly
      />
      <FormFoot
        message={form.message}
        busy={form.busy}
        submit={t('profile.submit')}
        busyText={t('acts.saving')}
      />
    </form>
  )
}
