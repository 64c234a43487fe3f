import {
  CacheFirst,
  ExpirationPlugin,
  NetworkOnly,
  Serwist,
  StaleWhileRevalidate,
  type PrecacheEntry,
} from 'serwist'
import { ASSET_CACHE, PICTURE_CACHE } from './cache-names.ts'
import { listenToPushes } from './push-events.ts'

declare const self: ServiceWorkerGlobalScope & { readonly __SW_MANIFEST: (PrecacheEntry | string)[] }

const DAY = 86_400
const PICTURE = /^\/api\/(?:members|groups)\/[0-9a-f-]{36}\/picture\/[0-9a-f]{16}$/
/** What the server answers itself, online or not at all. */
const SERVER = /^\/(api|health|ready|metrics|socket\.io)(\/|$)/

/**
 * The whole program is kept on the device, so that every page opens offline; what people wrote is kept by the client in
 * its own store. A new version waits until the person reloads.
 */
const serwist: Serwist = new Serwist({
  precacheEntries: self.__SW_MANIFEST,
  // The query picks a chat or a person on a page; the page is the same.
  precacheOptions: { ignoreURLParametersMatching: [/.*/], cleanURLs: false, cleanupOutdatedCaches: true },
  clientsClaim: true,
  disableDevLogs: true,
  runtimeCaching: [
    {
      // Pictures change their address with every version. The cache is emptied when the person signs out.
      matcher: ({ url, sameOrigin }) => sameOrigin && PICTURE.test(url.pathname),
      handler: new CacheFirst({
        cacheName: PICTURE_CACHE,
        plugins: [
          new ExpirationPlugin({ maxEntries: 400, maxAgeSeconds: 60 * DAY, purgeOnQuotaError: true }),
        ],
      }),
    },
    {
      // Rare scripts and letters that are too large to be fetched before they are needed.
      matcher: ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/_next/static/'),
      handler: new CacheFirst({
        cacheName: ASSET_CACHE,
        plugins: [new ExpirationPlugin({ maxEntries: 60, maxAgeSeconds: 60 * DAY, purgeOnQuotaError: true })],
      }),
    },
    {
      matcher: ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/emoji/'),
      handler: new StaleWhileRevalidate({ cacheName: ASSET_CACHE }),
    },
    {
      // An address that is no page of ours: the server says so; without it, the front door opens.
      matcher: ({ request, url }) => request.mode === 'navigate' && !SERVER.test(url.pathname),
      handler: new NetworkOnly({ plugins: [{ handlerDidError: () => serwist.matchPrecache('/') }] }),
    },
  ],
})

serwist.addEventListeners()
listenToPushes()
