'use client'

import { usePathname, useRouter } from 'next/navigation'
import { useCallback, type MouseEvent } from 'react'

/** Whether the entry before this one in the browser's history is the list that the person came from. */
let cameFromList = false

export const chatAddress = (conversationId: string) => `/chats?c=${conversationId}`
export const memberAddress = (memberId: string) => `/people?m=${memberId}`

/** A click that asks for a new tab or window is the browser's business. */
export const isPlainClick = (event: MouseEvent) =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey

/**
 * Goes to an address of the desk. Within one page only the query changes, and then nothing is asked of the server: this
 * is what makes chats open at once, offline too.
 */
export function useGo(): (address: string) => void {
  const router = useRouter()
  const path = usePathname()
  return useCallback(
    (address: string) => {
      const [page] = address.split('?')
      if (page !== path) {
        cameFromList = false
        router.push(address)
        return
      }
      if (location.pathname + location.search === address) return
      cameFromList = !location.search
      window.history.pushState(null, '', address)
    },
    [path, router],
  )
}

/** Back to the list: a step back in history where that is the list, and otherwise a step on to it. */
export function useGoBack(list: string): () => void {
  return useCallback(() => {
    if (cameFromList) {
      cameFromList = false
      window.history.back()
    } else {
      window.history.pushState(null, '', list)
    }
  }, [list])
}
