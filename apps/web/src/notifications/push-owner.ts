import { PUSH_CACHE, PUSH_OWNER } from '../service-worker/cache-names.ts'

/** The session that this browser takes pushes for: kept where the service worker finds it. null for none. */
export async function pushOwner(): Promise<string | null> {
  const kept = await caches.match(PUSH_OWNER, { cacheName: PUSH_CACHE })
  return kept ? kept.text() : null
}

export async function setPushOwner(sessionId: string | null): Promise<void> {
  if (sessionId === null) await caches.delete(PUSH_CACHE)
  else await (await caches.open(PUSH_CACHE)).put(PUSH_OWNER, new Response(sessionId))
}
