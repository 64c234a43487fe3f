import { termsOf } from '@parley/contracts/search/match'
import { parseQuery } from '@parley/contracts/search/query'
import { expect, test } from 'vitest'
import { chat } from '../testing/chat.ts'
import { liveDevice } from '../testing/device.ts'
import { asksForSomething, resolveQuery } from './resolve-query.ts'

const all = { from: [], in: [], has: [], after: 0, before: Number.MAX_SAFE_INTEGER } as const

/** A chat of many lines, all of them on the device, without a network. */
async function stranded() {
  const { server, clock, ana, ben, conversationId } = chat()
  for (let n = 1; n <= 600; n++) server.say(ben, conversationId, n % 100 === 0 ? `Coach ${n}` : `line ${n}`)
  server.say(ana, conversationId, 'see https://parley.example')
  const device = await liveDevice(server, clock, ana)
  await device.client.backfill()
  device.transport.goOffline()
  const find = async (words: string, limit = 10, more: object = {}) =>
    (await device.client.searchDevice({ ...all, ...more, terms: termsOf(words) }, limit)).map(
      ({ extract }) => extract.text,
    )
  return { device, find, ana, ben, conversationId }
}

test('what is held on the device is found without a network, newest first', async () => {
  const { find } = await stranded()
  expect(await find('coach')).toEqual([600, 500, 400, 300, 200, 100].map((n) => `Coach ${n}`))
  expect(await find('coach', 2)).toEqual(['Coach 600', 'Coach 500'])
  expect(await find('oach 10')).toEqual(['Coach 100'])
  expect(await find('"coach line"')).toEqual([])
})

test('who wrote it, where and what it holds narrow it down on the device too', async () => {
  const { find, ana, ben, conversationId } = await stranded()
  expect(await find('', 5, { has: ['link'] })).toEqual(['see https://parley.example'])
  expect(await find('coach', 5, { from: [ana] })).toEqual([])
  expect(await find('coach', 1, { from: [ben], in: [conversationId] })).toEqual(['Coach 600'])
  expect(await find('coach', 1, { in: [ana] })).toEqual([])
})

test('what was found says where it is, and what to mark', async () => {
  const { device, conversationId } = await stranded()
  const [hit] = await device.client.searchDevice({ ...all, terms: termsOf('coach') }, 1)
  expect(hit).toMatchObject({ conversationId, number: 600, extract: { text: 'Coach 600', ranges: [[0, 5]] } })
})

test('what was found on the device is shown as the server shows it: without marks of formatting, with its links', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  server.say(ben, conversationId, 'The *coach* is at https://parley.example')
  const device = await liveDevice(server, clock, ana)
  await device.client.backfill()
  device.transport.goOffline()
  const asked = { ...all, has: ['link'], terms: termsOf('"the coach is"') } as const
  const [hit] = await device.client.searchDevice(asked, 1)
  expect(hit).toMatchObject({
    extract: { text: 'The coach is at https://parley.example', ranges: [[0, 12]] },
    links: ['https://parley.example'],
  })
})

test('names in a query become the people and chats that have them', () => {
  const members = new Map(
    [
      { id: 'a', name: 'Amina Haddad' },
      { id: 'b', name: 'Tomás Lima' },
    ].map((one) => [one.id, one]),
  )
  const chats = [{ conversationId: 'c', name: 'Harbour tours' }]
  const resolve = (query: string) => resolveQuery(parseQuery(query, 0), { me: 'a', members, chats })
  expect(resolve('from:tomas in:harb coach')).toMatchObject({
    from: ['b'],
    in: ['c'],
    words: 'coach',
    unknown: [],
  })
  expect(resolve('from:me from:"Amina H"')).toMatchObject({ from: ['a'] })
  expect(resolve('from:nobody')).toMatchObject({ from: [], unknown: ['nobody'] })
  expect(['', '?', 'coach', 'from:me', 'on:2026'].map((query) => asksForSomething(resolve(query)))).toEqual([
    false,
    false,
    true,
    true,
    true,
  ])
})
