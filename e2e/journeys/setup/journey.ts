import {
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Page,
  test as base,
} from '@playwright/test'
import { type Account, createOrganisation } from './accounts.ts'
import { protocolHeader } from './call-route.ts'
import { ParleyServer, type ServerOptions } from './parley-server.ts'
import { watchConsole } from './watch-console.ts'

export { expect }

interface OfTest {
  /** What pages said on their consoles and must not have; a journey that leaves something here fails. */
  problems: string[]
  /** A fresh organisation's admin. */
  admin: Account
  /** A browser of its own in which nobody is signed in. */
  newVisitor: (options?: BrowserContextOptions) => Promise<Page>
  /** A browser of its own, signed in and on the chats page. */
  newPerson: (account: Account, options?: BrowserContextOptions) => Promise<Page>
  /** A server that the journey may stop, kill or configure. */
  newServer: (options?: ServerOptions) => Promise<ParleyServer>
}

interface OfWorker {
  server: ParleyServer
}

export const test = base.extend<OfTest, OfWorker>({
  server: [
    async ({}, use) => {
      const server = await ParleyServer.start()
      await use(server)
      await server.dispose()
    },
    { scope: 'worker', timeout: 40_000 },
  ],
  baseURL: async ({ server }, use) => use(server.base),
  admin: async ({ server }, use) => use(await createOrganisation(server.base)),
  problems: [
    async ({}, use) => {
      const problems: string[] = []
      await use(problems)
      expect(problems, 'what pages said on their consoles').toEqual([])
    },
    { auto: true },
  ],
  newVisitor: async ({ browser, problems }, use) => {
    const contexts: BrowserContext[] = []
    await use(async (options) => {
      const context = await browser.newContext(options)
      contexts.push(context)
      watchConsole(context, problems)
      return context.newPage()
    })
    await Promise.all(contexts.map((context) => context.close()))
  },
  newPerson: async ({ newVisitor }, use) => {
    await use(async (account, options) => {
      const page = await newVisitor({ baseURL: account.base, ...options })
      await signInByCall(page.context(), account)
      await page.goto('/chats')
      await expect(page.getByRole('heading', { name: 'Chats', level: 1 })).toBeVisible()
      return page
    })
  },
  newServer: async ({}, use) => {
    const servers: ParleyServer[] = []
    await use(async (options) => {
      const server = await ParleyServer.start(options)
      servers.push(server)
      return server
    })
    await Promise.all(servers.map((server) => server.dispose()))
  },
})

/** Gives a browser the session's cookies, as signing in through the page does. */
export async function signInByCall(context: BrowserContext, account: Account): Promise<void> {
  const { base: server, email, password, organisationId } = account
  const answer = await context.request.post(`${server}/api/sessions`, {
    headers: protocolHeader,
    data: { email, password, organisationId, transport: 'cookie' },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
}
