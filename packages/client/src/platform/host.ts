import type { Fetch, Timers } from './platform.ts'

interface HostResponse {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  text(): Promise<string>
}

/** What Node, browsers and React Native have in common, named here because the core knows neither DOM nor Node types. */
interface Host {
  setTimeout(run: () => void, milliseconds: number): unknown
  clearTimeout(handle: unknown): void
  fetch(url: string, init: Readonly<Record<string, unknown>>): Promise<HostResponse>
  readonly AbortController: new () => { readonly signal: unknown; abort(): void }
}

const host = globalThis as unknown as Host

export const hostTimers: Timers = {
  now: () => Date.now(),
  set: (run, milliseconds) => host.setTimeout(run, milliseconds),
  clear: (handle) => {
    host.clearTimeout(handle)
  },
}

/** The host's own `fetch`, given up after the request's timeout. */
export const hostFetch: Fetch = async (url, { method, headers, body, cookies, timeout }) => {
  const controller = new host.AbortController()
  const timer = host.setTimeout(() => controller.abort(), timeout)
  try {
    const credentials = cookies ? 'same-origin' : 'omit'
    const response = await host.fetch(url, { method, headers, body, credentials, signal: controller.signal })
    const text = await response.text()
    return {
      status: response.status,
      header: (name) => response.headers.get(name),
      text: async () => text,
    }
  } finally {
    host.clearTimeout(timer)
  }
}
