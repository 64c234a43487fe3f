import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** @type {import('next').NextConfig} */
const config = {
  output: 'export',
  images: { unoptimized: true },
  trailingSlash: false,
  reactStrictMode: true,
  poweredByHeader: false,
  turbopack: { root },
  outputFileTracingRoot: root,
  transpilePackages: ['@parley/client', '@parley/contracts', '@parley/react'],
  experimental: { optimizePackageImports: ['radix-ui'] },
}

export default config
