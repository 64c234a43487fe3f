'use client'

import '../text/words/message-menu.ts'
import type { MessageView } from '@parley/client/client-api'
import { useMe, useMembers } from '@parley/react/hooks'
import { useClient } from '@parley/react/parley-provider'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { Avatar } from '../members/avatar.tsx'
import { useText } from '../text/use-text.ts'

/** Who put what to a message. */
export function ReactionsDialog({ message, onClose }: { message: MessageView; onClose: () => void }) {
  const t = useText()
  const client = useClient()
  const me = useMe()
  const members = useMembers()
  const rows = message.reactions.flatMap(({ emoji, memberIds }) =>
    memberIds.map((memberId) => ({ emoji, memberId })),
  )
  return (
    <Dialog title={t('messageMenu.reactions')} small onClose={onClose}>
      {rows.length === 0 ? (
        <p className="px-5 pb-5">{t('messageMenu.noReactions')}</p>
      ) : (
        <ul className="reactors">
          {rows.map(({ emoji, memberId }) => (
            <li key={`${memberId} ${emoji}`}>
              <Avatar member={members.get(memberId) ?? null} size="sm" />
              <bdi className="fill cut">
                {memberId === me?.id
                  ? t('conversation.you')
                  : (members.get(memberId)?.name ?? t('chats.formerMember'))}
              </bdi>
              {memberId === me?.id ? (
                <Button look="quiet" size="small" onClick={() => void client.react(message, emoji)}>
                  {t('messageMenu.takeBack')}
                </Button>
              ) : null}
              <span className="e">{emoji}</span>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
