import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { chromiumArguments, findChromium } from '../../scripts/services.mjs'
import { median } from './load.ts'
import { startParley } from './processes.ts'
import { atMost, report, type Figure, type Scenario } from './scenario.ts'

const SLOWDOWN = 4
const DEMO_ADMIN = { email: 'amina@quillhaven.example', password: 'harbour lantern quill 42' }

/** In the page: when the open chat showed its messages and its composer could be written in, in ms since the navigation began. */
const WATCH = `{
  const look = () => {
    const list = document.querySelector('a[href*="/chats?c="]')
    const message = document.querySelector('[data-message]')
    const composer = document.querySelector('textarea:not([disabled])')
    if (list && message && composer) window.usableAt = performance.now()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}`

async function openDemo(context: BrowserContext, base: string): Promise<string> {
  const answer = await context.request.post(`${base}/api/sessions`, {
    headers: { [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) },
    data: { ...DEMO_ADMIN, transport: 'cookie' },
  })
  if (!answer.ok()) throw new Error(await answer.text())
  const page = await context.newPage()
  await page.goto(`${base}/chats`)
  await page.locator('a[href*="/chats?c="]').first().click()
  await page.locator('[data-message]').first().waitFor()
  // the first visit brings the program and the latest chats to the device
  await page.evaluate('navigator.serviceWorker.ready')
  await page.waitForLoadState('networkidle').catch(() => undefined)
  await page.waitForTimeout(3_000)
  const address = page.url()
  await page.close()
  return address
}

/** Asked again and again from here: the page's policy forbids the evaluation that waiting inside it would need. */
async function usableAfter(page: Page): Promise<number> {
  for (let attempt = 0; attempt < 1_000; attempt += 1) {
    const at = await page.evaluate<number | null>('window.usableAt ?? null')
    if (at !== null) return at
    await page.waitForTimeout(20)
  }
  throw new Error('the page did not become usable within 20 s')
}

async function warmLoads(context: BrowserContext, address: string, rounds: number): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
    await page.addInitScript(WATCH)
    await page.goto(address)
    times.push(await usableAfter(page))
    await page.close()
  }
  return times
}

/** How soon somebody who was here before can read and write. */
export const web: Scenario = {
  name: 'web',
  async run({ quick }): Promise<Figure[]> {
    const executablePath = await findChromium()
    if (executablePath === null) return []
    const parley = await startParley({ args: ['--demo'] })
    const browser = await chromium.launch({ executablePath, args: chromiumArguments })
    try {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
      const address = await openDemo(context, parley.base)
      const times = await warmLoads(context, address, quick ? 2 : 9)
      await context.setOffline(true)
      const offline = await warmLoads(context, address, quick ? 1 : 5)
      return [
        atMost('Warm load of a chat at 4x CPU slowdown, until usable, median', median(times) / 1000, 1, 's'),
        report('The same without a network', median(offline) / 1000, 's'),
      ]
    } finally {
      await browser.close()
      await parley.stop()
    }
  },
}
