import { chatAddress, messageAddress, useGo } from '../frame/navigation.ts'
import { useStartChat } from '../members/use-start-chat.ts'
import type { Found } from './find-anything.ts'
import { useOpeners } from './openers.ts'

const addresses = {
  directory: '/people',
  invite: '/admin/people',
  settings: '/settings',
  appearance: '/settings?s=appearance',
} as const

/** Of a chat that is open already, nothing else gives the focus to where one writes. */
function writeOn() {
  if (matchMedia('(pointer: coarse)').matches) return
  // the palette gives the focus back to where it was first
  setTimeout(() => document.querySelector<HTMLElement>('.compose textarea')?.focus(), 50)
}

/** What Enter does with what was found. */
export function usePaletteActions(onClose: () => void): (found: Exclude<Found, { kind: 'filter' }>) => void {
  const go = useGo()
  const startChat = useStartChat()
  const { openMemberPicker, openNewGroup } = useOpeners()
  return (found) => {
    onClose()
    if (found.kind === 'chat') {
      go(chatAddress(found.conversationId))
      writeOn()
    } else if (found.kind === 'person') void startChat(found.member)
    else if (found.kind === 'message') go(messageAddress(found.hit))
    else if (found.action === 'newChat') openMemberPicker()
    else if (found.action === 'newGroup') openNewGroup()
    else go(addresses[found.action])
  }
}
