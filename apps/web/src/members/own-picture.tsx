'use client'

import type { Member } from '@parley/contracts/members/member'
import { PICTURE_MAX_BYTES, setOwnPicture } from '@parley/contracts/members/routes'
import { useClient } from '@parley/react/parley-provider'
import { ImageUp, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../controls/button.tsx'
import { useToasts } from '../controls/toasts.tsx'
import { useText } from '../text/use-text.ts'
import { Avatar } from './avatar.tsx'

/** Choose, look at it, then use it: nothing is sent before the preview was seen. */
export function OwnPicture({ me }: { me: Member }) {
  const t = useText()
  const client = useClient()
  const { say, warn } = useToasts()
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const [busy, setBusy] = useState(false)
  const preview = usePreview(file)

  function choose(chosen: File | undefined) {
    if (!chosen) return
    if (chosen.size > PICTURE_MAX_BYTES) warn(t('profile.tooLarge'))
    else setFile(chosen)
  }
  async function run(work: () => Promise<unknown>, done: string) {
    setBusy(true)
    try {
      await work()
      setFile(null)
      say(done)
    } catch (error) {
      warn(error)
    } finally {
      setBusy(false)
    }
  }
  const use = async (picture: File) =>
    client.upload('setOwnPicture', new Uint8Array(await picture.arrayBuffer()), picture.type)

  return (
    <div className="picture-row">
      {preview ? <img className="preview" src={preview} alt={t('profile.preview')} /> : <Avatar member={me} size="xl" />}
      <div className="col gap-2">
        <div className="row flex-wrap">
          {file ? (
            <>
              <Button look="primary" busy={busy} onClick={() => void run(() => use(file), t('profile.pictureSaved'))}>
                {t('profile.usePicture')}
              </Button>
              <Button look="quiet" onClick={() => setFile(null)}>
                {t('acts.cancel')}
              </Button>
            </>
          ) : (
            <>
              <Button icon={ImageUp} onClick={() => input.current?.click()}>
                {me.pictureVersion ? t('profile.another') : t('profile.choose')}
              </Button>
              {me.pictureVersion ? (
                <Button
                  look="quiet"
                  icon={Trash2}
                  busy={busy}
                  onClick={() => void run(() => client.call('removeOwnPicture', {}), t('profile.pictureRemoved'))}
                >
                  {t('profile.remove')}
                </Button>
              ) : null}
            </>
          )}
        </div>
        <p className="hint">{t('profile.pictureHint')}</p>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept={setOwnPicture.upload.types.join(',')}
        aria-label={t('profile.choose')}
        onChange={(event) => {
          choose(event.target.files?.[0])
          event.target.value = ''
        }}
      />
    </div>
  )
}

function usePreview(file: File | null): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (!file) return
    const made = URL.createObjectURL(file)
    setAddress(made)
    return () => {
      URL.revokeObjectURL(made)
      setAddress(null)
    }
  }, [file])
  return address
}
