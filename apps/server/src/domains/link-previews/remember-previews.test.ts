import { expect, test } from 'vitest'
import { newId } from '../../kernel/ids.ts'
import { orgScope, type OrgScope } from '../../kernel/org-scope.ts'
import { createPreviewMemory } from './remember-previews.ts'

const MINUTE = 60_000

function memory() {
  let now = 0
  const fetched: string[] = []
  const remember = createPreviewMemory({ now: () => now })
  return {
    fetched,
    pass: (time: number) => (now += time),
    ask: (scope: OrgScope, url: string, title: string | null = url) =>
      remember(scope, url, async () => {
        fetched.push(url)
        return title === null ? null : { url, title }
      }),
  }
}

const organisation = () => orgScope(newId())
const pages = (of: string, count: number) =>
  Array.from({ length: count }, (_, n) => `https://${of}.example/${String(n)}`)

test('what was found is fetched anew after an hour, and what had nothing after ten minutes', async () => {
  const { ask, pass, fetched } = memory()
  const scope = organisation()
  const both = async () => {
    await ask(scope, 'found')
    await ask(scope, 'nothing', null)
    return fetched.splice(0)
  }
  expect(await both()).toEqual(['found', 'nothing'])
  pass(10 * MINUTE - 1)
  expect(await both()).toEqual([])
  pass(1)
  expect(await both()).toEqual(['nothing'])
  pass(50 * MINUTE)
  expect(await both()).toEqual(['found', 'nothing'])
})

test('an organisation has room for its newest hundred, and drives out nothing of another', async () => {
  const { ask, fetched } = memory()
  const [busy, calm] = [organisation(), organisation()]
  await ask(calm, 'https://calm.example/')
  for (const url of pages('busy', 600)) await ask(busy, url)
  fetched.length = 0
  await ask(calm, 'https://calm.example/')
  for (const url of pages('busy', 600).slice(500)) await ask(busy, url)
  expect(fetched).toEqual([])
  await ask(busy, 'https://busy.example/499')
  expect(fetched).toEqual(['https://busy.example/499'])
})

test('many organisations together have room for five hundred, and those with the most give way', async () => {
  const { ask, fetched } = memory()
  const small = organisation()
  await ask(small, 'https://small.example/')
  const busy = Array.from({ length: 8 }, (_, n) => ({
    scope: organisation(),
    urls: pages(`busy${String(n)}`, 100),
  }))
  for (const { scope, urls } of busy) for (const url of urls) await ask(scope, url)
  fetched.length = 0
  await ask(small, 'https://small.example/')
  expect(fetched).toEqual([])
  for (const { scope, urls } of busy) for (const url of urls.toReversed()) await ask(scope, url)
  // of 800 some 300 have to be fetched anew, at the least
  expect(fetched.length).toBeGreaterThanOrEqual(300)
})

test('what failed is asked again', async () => {
  const remember = createPreviewMemory({ now: () => 0 })
  const scope = organisation()
  await expect(remember(scope, 'page', () => Promise.reject(new Error('full')))).rejects.toThrow('full')
  await expect(remember(scope, 'page', async () => null)).resolves.toBeNull()
})
