import Router, { useRouter } from 'next/router'
import { useMemo, type MouseEvent } from 'react'

/** Whether the entry before this one in the browser's history is the list that the person came from. */
let cameFromList = false

export const chatAddress = (conversationId: string) => `/chats?c=${conversationId}`
/** A message in its place: leads there from anywhere, however far back it is. */
export const messageAddress = ({
  conversationId,
  number,
}: {
  readonly conversationId: string
  readonly number: number
}) => `${chatAddress(conversationId)}&message=${String(number)}`
export const memberAddress = (memberId: string) => `/people?m=${memberId}`

/** A click that asks for a new tab or window is the browser's business. */
export const isPlainClick = (event: MouseEvent) =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey

/** The page's address without what is picked on it, such as `/chats`. */
export const usePath = (): string => useRouter().pathname

/** What is picked on the page: the part of its address behind the question mark. */
export function useQuery(): URLSearchParams {
  const { asPath } = useRouter()
  return useMemo(() => new URL(asPath, location.origin).searchParams, [asPath])
}

/** Goes to another page that takes this one's place in the browser's history. */
export const replacePage = (address: string): void => void Router.replace(address)

/**
 * Goes to an address of the desk. Within one page only the query changes, and then nothing is asked of the server: this
 * is what makes chats open at once, offline too.
 */
function go(address: string): void {
  const [page] = address.split('?')
  if (page !== Router.pathname) {
    cameFromList = false
    void Router.push(address)
    return
  }
  if (location.pathname + location.search === address) return
  cameFromList = !location.search
  pick(address)
}

const pick = (address: string) => void Router.push(address, undefined, { shallow: true, scroll: false })

/** Another pick on this page, in place of the present one in the browser's history. */
export const replacePick = (address: string): void =>
  void Router.replace(address, undefined, { shallow: true, scroll: false })

export const useGo = (): ((address: string) => void) => go

/** Back to the list: a step back in history where that is the list, and otherwise a step on to it. */
export function useGoBack(list: string): () => void {
  return () => {
    if (cameFromList) {
      cameFromList = false
      window.history.back()
    } else {
      pick(list)
    }
  }
}
