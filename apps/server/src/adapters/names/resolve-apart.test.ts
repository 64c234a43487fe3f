import { pbkdf2 } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import type { LookupAddress } from 'node:dns'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { resolveApart } from './resolve-apart.ts'

/** What a name server answers to a question for addresses of a kind; none where it knows none. */
const ADDRESSES = new Map([
  [1, [192, 0, 2, 7]],
  [28, [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7]],
])

/** The answer of a name server (RFC 1035, section 4). @param known whether it knows the name */
function answerTo(question: Buffer, known: boolean): Buffer {
  const end = question.indexOf(0, 12) + 5
  const address = known ? ADDRESSES.get(question.readUInt16BE(end - 4)) : undefined
  const head = Buffer.from(question.subarray(0, 12))
  head.writeUInt16BE(known ? 0x8180 : 0x8183, 2)
  for (const [at, count] of [1, address ? 1 : 0, 0, 0].entries()) head.writeUInt16BE(count, 4 + 2 * at)
  const asked = question.subarray(12, end)
  if (!address) return Buffer.concat([head, asked])
  const record = [0xc0, 12, ...asked.subarray(-4), 0, 0, 0, 60, 0, address.length, ...address]
  return Buffer.concat([head, asked, Buffer.from(record)])
}

let server: Socket
let resolve: ReturnType<typeof resolveApart>
/** Until when nothing is answered. */
let silence: Promise<unknown>

beforeEach(async () => {
  silence = Promise.resolve()
  server = createSocket('udp4').bind(0, '127.0.0.1')
  await once(server, 'listening')
  server.on('message', (question, { port, address }) => {
    const known = question.includes('harbour')
    void silence.then(() => server.send(answerTo(question, known), port, address))
  })
  resolve = resolveApart([`127.0.0.1:${String(server.address().port)}`])
})
afterEach(() => server.close())

const ask = (hostname: string) =>
  new Promise<readonly LookupAddress[]>((done, fail) =>
    resolve(hostname, (error, addresses) => (error ? fail(error) : done(addresses))),
  )

test('A name has the addresses of both kinds that its name server tells, and one that has none leads nowhere', async () => {
  expect(await ask('harbour.example')).toEqual([
    { address: '192.0.2.7', family: 4 },
    { address: '2001:db8::7', family: 6 },
  ])
  await expect(ask('nobody.example')).rejects.toThrow('no address')
})

test('Name servers that say nothing keep no thread from files and passwords', async () => {
  const spoken = Promise.withResolvers<undefined>()
  silence = spoken.promise
  let told = 0
  const asked = Array.from({ length: 16 }, async (_, index) => {
    const found = await ask(`harbour${String(index)}.example`)
    told += 1
    return found.length
  })
  await once(server, 'message')
  await promisify(pbkdf2)('a password', 'salt', 1, 32, 'sha256')
  expect(told).toBe(0)
  spoken.resolve(undefined)
  expect(new Set(await Promise.all(asked))).toEqual(new Set([2]))
})
