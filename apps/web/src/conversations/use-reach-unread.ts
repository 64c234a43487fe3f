import type { ConversationView } from '@parley/client/client-api'
import { useClient } from '@parley/react/parley-provider'
import { useEffect, useState } from 'react'

/** Beyond this many pages the oldest unread message is further away than anybody wants to scroll from. */
const PAGES = 8

/**
 * Opens the conversation and loads back to where reading stopped.
 * @returns whether the stream can be placed
 */
export function useReachUnread(conversationId: string, view: ConversationView | null): boolean {
  const client = useClient()
  const [opened, setOpened] = useState(false)
  const [pages, setPages] = useState(0)

  useEffect(() => {
    let left = false
    void client.openConversation(conversationId).then(() => {
      if (!left) setOpened(true)
    })
    return () => {
      left = true
    }
  }, [client, conversationId])

  const oldest = view?.messages.find((message) => message.number !== null)?.number ?? null
  const short =
    view !== null &&
    view.unread > 0 &&
    oldest !== null &&
    oldest > view.seen + 1 &&
    !view.reachedStart &&
    view.loadFailure === null &&
    pages < PAGES
  const loading = view?.loadingOlder ?? false

  useEffect(() => {
    if (!opened || !short || loading) return
    void client.loadOlder(conversationId).then(() => setPages((before) => before + 1))
  }, [client, conversationId, opened, short, loading, pages])

  // Once placed, later arrivals must not take the stream away again.
  const [ready, setReady] = useState(false)
  const placeable = !short && (opened || (view?.messages.length ?? 0) > 1)
  if (placeable && !ready) setReady(true)
  return ready
}
