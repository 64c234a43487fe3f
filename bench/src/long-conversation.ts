import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import { chromium, type BrowserContext, type CDPSession, type Page } from 'playwright-core'
import { chromiumArguments, findChromium } from '../../scripts/services.mjs'
import { connect, messageId } from './chats.ts'
import { median, percentile } from './load.ts'
import { createMembers, memberEmail, openDirect, PASSWORD, type BenchMember } from './parley-api.ts'
import { startParley } from './processes.ts'
import { atMost, report, type Figure, type Scenario } from './scenario.ts'

/** Messages under way at once while the conversation grows. */
const IN_FLIGHT = 48
/** So many are sent before the device is waited for: a device that falls far behind begins anew with the newest alone. */
const SLICE = 2_000
/** Each opening begins in another chat, which is left like this. */
const SETTLE = 250

interface Reader {
  readonly page: Page
  readonly devtools: CDPSession
}

/** Somebody's signed-in browser that looks at the chat list. */
async function signIn(context: BrowserContext, base: string): Promise<Reader> {
  const answer = await context.request.post(`${base}/api/sessions`, {
    headers: { [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) },
    data: { email: memberEmail(1), password: PASSWORD, transport: 'cookie' },
  })
  if (!answer.ok()) throw new Error(await answer.text())
  const page = await context.newPage()
  await page.goto(`${base}/chats`)
  await page.locator('a[href*="/chats?c="]').first().waitFor()
  return { page, devtools: await context.newCDPSession(page) }
}

/** Sends messages until there are `total` of them, and adds their ids by number, the first of which is 1. */
async function talk(
  base: string,
  from: BenchMember,
  conversationId: string,
  total: number,
  ids: string[],
): Promise<void> {
  const socket = await connect(base, { token: from.accessToken, protocol: PROTOCOL_VERSION })
  let begun = Math.max(0, ids.length - 1)
  const send = async () => {
    while (begun < total) {
      begun += 1
      const id = messageId()
      const text = `Line ${String(begun)} of a long story about a coach that left at 06:15 from door B.`
      const answer = (await socket.emitWithAck('messages.send', { id, conversationId, text })) as {
        change?: { data: { number: number } }
      }
      if (!answer.change) throw new Error(`a message was refused: ${JSON.stringify(answer)}`)
      ids[answer.change.data.number] = id
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, send))
  socket.close()
}

/** Counts what the device keeps of all conversations, in the database that the product made. */
const KEPT = async () => {
  let count = 0
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase | null>((resolve) => {
      const opening = indexedDB.open(name ?? '')
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => resolve(null)
    })
    if (database?.objectStoreNames.contains('messages')) {
      count += await new Promise<number>((resolve, reject) => {
        const counting = database.transaction('messages').objectStore('messages').count()
        counting.onsuccess = () => resolve(counting.result)
        counting.onerror = () => reject(new Error('the messages could not be counted'))
      })
    }
    database?.close()
  }
  return count
}

async function untilKept({ page }: Reader, total: number): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if ((await page.evaluate(KEPT)) >= total) return
    await page.waitForTimeout(500)
  }
  throw new Error('the messages did not reach the device within 5 min')
}

/** In the page: goes to an address as a link does. @returns ms until that message stood on the screen */
const OPEN = ([address, id]: readonly [string, string]) =>
  new Promise<number>((resolve) => {
    const begun = performance.now()
    const look = () => {
      const box = document.querySelector(`[data-message="${id}"]`)?.getBoundingClientRect()
      const isSeen = box !== undefined && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight
      if (isSeen || performance.now() - begun > 10_000) resolve(performance.now() - begun)
      else requestAnimationFrame(look)
    }
    const { next } = window as unknown as { next: { router: { push(to: string): Promise<boolean> } } }
    void next.router.push(address)
    requestAnimationFrame(look)
  })

/** Opens the conversation at many places, coming from another chat each time. @returns ms for each */
async function openPlaces(
  { page }: Reader,
  chats: { readonly long: string; readonly other: string; readonly lastOfOther: string },
  ids: readonly string[],
  rounds: number,
): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    await page.evaluate(OPEN, [`/chats?c=${chats.other}`, chats.lastOfOther] as const)
    await page.waitForTimeout(SETTLE)
    const number = Math.max(1, Math.floor(((round + 0.5) / rounds) * (ids.length - 1)))
    const address = `/chats?c=${chats.long}&message=${String(number)}`
    times.push(await page.evaluate(OPEN, [address, ids[number] ?? ''] as const))
  }
  return times
}

interface Scrolled {
  /** Seconds in which fewer than 30 frames were drawn or nothing of the conversation was to be seen for half of it. */
  readonly dropped: number
  readonly seconds: number
  /** The longest pause between two frames, in ms. */
  readonly longestPause: number
}

/** In the page: watches each frame until told to stop. */
const WATCH = () => {
  const frames: { at: number; empty: boolean }[] = []
  const state = { frames, on: true }
  Object.assign(window, { scrolling: state })
  const look = (at: number) => {
    const stream = document.querySelector('.stream')?.getBoundingClientRect()
    const shown = [...document.querySelectorAll('[data-message]')].some((row) => {
      const box = row.getBoundingClientRect()
      return stream !== undefined && box.bottom > stream.top && box.top < stream.bottom
    })
    frames.push({ at, empty: !shown })
    if (state.on) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

const FRAMES = () => {
  const { scrolling } = window as unknown as {
    scrolling: { frames: { at: number; empty: boolean }[]; on: boolean }
  }
  scrolling.on = false
  return scrolling.frames
}

/** Turns the wheel upwards without a rest. */
async function scroll({ page }: Reader, seconds: number): Promise<Scrolled> {
  await page.mouse.move(900, 450)
  await page.evaluate(WATCH)
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) await page.mouse.wheel(0, -600)
  const frames = await page.evaluate(FRAMES)
  const begun = frames[0]?.at ?? 0
  const whole = Math.floor(((frames.at(-1)?.at ?? 0) - begun) / 1000)
  const bySecond = Array.from({ length: whole }, (_, second) =>
    frames.filter(({ at }) => Math.floor((at - begun) / 1000) === second),
  )
  const isDropped = (of: typeof frames) =>
    of.length < 30 || of.filter(({ empty }) => empty).length > of.length / 2
  const pauses = frames.slice(1).map(({ at }, index) => at - (frames[index]?.at ?? at))
  return {
    dropped: bySecond.filter(isDropped).length,
    seconds: whole,
    longestPause: Math.max(...pauses),
  }
}

async function heapOf({ devtools }: Reader): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage')
  return (await devtools.send('Runtime.getHeapUsage')).usedSize / 1024 / 1024
}

/** A conversation as long as years make it, on one person's device. */
export const longConversation: Scenario = {
  name: 'long-conversation',
  async run({ quick }): Promise<Figure[]> {
    const executablePath = await findChromium()
    if (executablePath === null) return []
    const total = quick ? 2_000 : 100_000
    const parley = await startParley()
    const browser = await chromium.launch({ executablePath, args: chromiumArguments })
    try {
      const [admin, reader, writer] = await createMembers(parley.base, 3)
      if (!admin || !reader || !writer) throw new Error('nobody is there')
      const other = await openDirect(parley.base, admin, reader)
      const long = await openDirect(parley.base, writer, reader)
      const small: string[] = []
      await talk(parley.base, admin, other, 60, small)
      const chats = { long, other, lastOfOther: small.at(-1) ?? '' }
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
      const device = await signIn(context, parley.base)
      const ids: string[] = []
      for (let sent = 0; sent < total; sent += SLICE) {
        const upTo = Math.min(total, sent + SLICE)
        await talk(parley.base, writer, long, upTo, ids)
        await untilKept(device, upTo)
      }
      const heapAfterTraffic = await heapOf(device)
      await context.setOffline(true)
      await openPlaces(device, chats, ids, 3)
      const times = await openPlaces(device, chats, ids, quick ? 6 : 40)
      const scrolled = await scroll(device, quick ? 3 : 30)
      const heap = await heapOf(device)
      const what = `Conversation of ${total.toLocaleString('en')} messages`
      return [
        report(`${what}: opening at any place from the device, median`, median(times), 'ms'),
        atMost(`${what}: opening at any place from the device, p95`, percentile(times, 0.95), 150, 'ms'),
        atMost(`Dropped seconds in ${String(scrolled.seconds)} s of scrolling`, scrolled.dropped, 0, 's'),
        report('Longest pause between two frames meanwhile', scrolled.longestPause, 'ms'),
        atMost('Heap of the page after having received them all', heapAfterTraffic, 150, 'MB'),
        atMost('Heap of the page after the scrolling', heap, 150, 'MB'),
      ]
    } finally {
      await browser.close()
      await parley.stop()
    }
  },
}
