import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** @type {import('next').NextConfig} */
const config = {
  output: 'export',
  images: { unoptimized: true },
  trailingSlash: false,
  reactStrictMode: true,
  poweredByHeader: false,
  turbopack: {
    root,
    resolveAlias: {
      // Messages are compiled beforehand (scripts/compile-text.mjs).
      'use-intl/format-message': 'use-intl/format-message/format-only',
      // And so is what a caller needs of the contracts (scripts/compile-addresses.mjs).
      '@parley/contracts/addresses': './.cache/contracts/addresses.js',
    },
  },
  outputFileTracingRoot: root,
  transpilePackages: ['@parley/client', '@parley/contracts', '@parley/react'],
  experimental: { optimizePackageImports: ['radix-ui'] },
}

export default config
