import type { BrowserContext, ConsoleMessage } from '@playwright/test'

/** An address that no page has; journeys go there on purpose. */
export const NOWHERE = '/nowhere'

/** What Chromium itself reports when a call is refused, or fails while a journey has cut the network. */
function isExpected(message: ConsoleMessage): boolean {
  const text = message.text()
  if (/net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|FAILED)/.test(text))
    return true
  if (text.startsWith('WebSocket connection to ')) return true
  // Playwright's tracing fetches what images show; no page of ours does.
  if (text.startsWith("Connecting to 'blob:")) return true
  if (!text.startsWith('Failed to load resource')) return false
  const { pathname } = new URL(message.location().url)
  return pathname.startsWith('/api/') || pathname === NOWHERE
}

/** Collects everything that no page of the product may ever say on its console, refusals of the CSP among it. */
export function watchConsole(context: BrowserContext, problems: string[]): void {
  context.on('console', (message) => {
    if (message.type() === 'error' && !isExpected(message))
      problems.push(`${message.page()?.url() ?? ''}: ${message.text()} ${message.location().url}`)
  })
  context.on('weberror', (error) => problems.push(`${error.page()?.url() ?? ''}: ${String(error.error())}`))
}
