'use client'

import type { Member } from '@parley/contracts/members/member'
import { PICTURE_UPLOAD } from '@parley/contracts/members/picture-upload'
import { useClient } from '@parley/react/parley-provider'
import { ImageUp, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../controls/button.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { useText } from '../text/use-text.ts'
import { Avatar } from './avatar.tsx'
import '../text/words/people.ts'

interface Chosen {
  readonly file: File
  /** Of the preview, in this browser only. */
  readonly address: string
}

/** Choose, look at it, then use it: nothing is sent before the preview was seen. */
export function OwnPicture({ me }: { me: Member }) {
  const t = useText()
  const { warn } = useToasts()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  useEffect(() => () => (chosen ? URL.revokeObjectURL(chosen.address) : undefined), [chosen])

  function choose(file: File) {
    if (file.size > PICTURE_UPLOAD.maxBytes) warn(t('profile.tooLarge'))
    else setChosen({ file, address: URL.createObjectURL(file) })
  }
  return (
    <div className="picture-row">
      {chosen ? (
        <img className="preview" src={chosen.address} alt={t('profile.preview')} />
      ) : (
        <Avatar member={me} size="xl" />
      )}
      <div className="col gap-2">
        <div className="row flex-wrap">
          {chosen ? (
            <UseIt file={chosen.file} onDone={() => setChosen(null)} />
          ) : (
            <>
              <Choose again={me.pictureVersion !== null} onChoose={choose} />
              {me.pictureVersion ? <RemoveIt /> : null}
            </>
          )}
        </div>
        <p className="hint">{t('profile.pictureHint')}</p>
      </div>
    </div>
  )
}

function Choose({ again, onChoose }: { again: boolean; onChoose: (file: File) => void }) {
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button icon={ImageUp} onClick={() => input.current?.click()}>
        {again ? t('profile.another') : t('profile.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={PICTURE_UPLOAD.types.join(',')}
        aria-label={t('profile.choose')}
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file) onChoose(file)
          // So that the same file can be chosen again.
          event.target.value = ''
        }}
      />
    </>
  )
}

/** Runs one act at a time, and says how it went. */
function useAct() {
  const { say, warn } = useToasts()
  const [busy, setBusy] = useState(false)
  async function act(work: () => Promise<unknown>, done: string) {
    setBusy(true)
    try {
      await work()
      say(done)
    } catch (error) {
      warn(error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, act }
}

function UseIt({ file, onDone }: { file: File; onDone: () => void }) {
  const t = useText()
  const client = useClient()
  const { busy, act } = useAct()
  const upload = async () => {
    await client.upload('setOwnPicture', new Uint8Array(await file.arrayBuffer()), file.type)
    onDone()
  }
  return (
    <>
      <Button look="primary" busy={busy} onClick={() => void act(upload, t('profile.pictureSaved'))}>
        {t('profile.usePicture')}
      </Button>
      <Button look="quiet" onClick={onDone}>
        {t('acts.cancel')}
      </Button>
    </>
  )
}

function RemoveIt() {
  const t = useText()
  const client = useClient()
  const { busy, act } = useAct()
  const remove = () => client.call('removeOwnPicture', {})
  return (
    <Button
      look="quiet"
      icon={Trash2}
      busy={busy}
      onClick={() => void act(remove, t('profile.pictureRemoved'))}
    >
      {t('profile.remove')}
    </Button>
  )
}
