import { injectManifest } from '@serwist/build'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { out, web } from './places.mjs'

const source = fileURLToPath(new URL('src/service-worker/service-worker.ts', web))
const bundled = fileURLToPath(new URL('.next/service-worker.js', web))

/** Pages are asked for without their ending. */
const asAsked = (/** @type {string} */ url) => {
  if (url === 'index.html') return '/'
  return `/${url.replace(/\.html$/, '')}`
}

/** Bundles the service worker and lists in it every file that the program needs offline. */
export async function buildServiceWorker() {
  const bundle = await rolldown({
    input: source,
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  })
  await bundle.write({ file: bundled, format: 'iife', minify: true })
  const { count, size, warnings } = await injectManifest({
    swSrc: bundled,
    swDest: path.join(out, 'sw.js'),
    globDirectory: out,
    globPatterns: ['**/*.{html,js,css,webmanifest}', 'icons/*', '_next/static/media/*latin*.woff2'],
    globIgnores: ['sw.js', 'emoji/**'],
    // The password dictionaries: fetched by those who choose a password, and kept from then on.
    maximumFileSizeToCacheInBytes: 400_000,
    dontCacheBustURLsMatching: /^_next\/static\//,
    manifestTransforms: [
      (entries) => ({
        manifest: entries.map((entry) => ({ ...entry, url: asAsked(entry.url) })),
        warnings: [],
      }),
    ],
  })
  for (const warning of warnings) if (!warning.includes('max size')) console.warn(warning)
  return { count, size }
}
