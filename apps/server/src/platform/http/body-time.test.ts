import fastify from 'fastify'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { limitBodyTime } from './body-time.ts'

/** A server that takes bodies at `/short`, and at `/long` for as long as something comes. */
async function startServer(within: number, silence: number): Promise<string> {
  const app = fastify()
  limitBodyTime(app, within, silence)
  app.addContentTypeParser('*', (_request, payload, done) => {
    let size = 0
    payload.on('data', (piece: Buffer) => (size += piece.length))
    payload.on('end', () => done(null, size))
    payload.on('error', () => done(null, -1))
  })
  app.post('/short', async ({ body }) => ({ body }))
  app.post('/long', { config: { longBody: true } }, async ({ body }) => ({ body }))
  await app.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => app.close())
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}

/** Sends a body of five bytes with pauses between them. @returns the status, or null where the connection was ended */
function drip(address: string, pause: number, bytes = 5): Promise<number | null> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/octet-stream', 'content-length': 5 }
    const slow = request(address, { method: 'POST', headers })
    slow.on('response', (response) => resolve(response.resume().statusCode ?? 0))
    slow.on('error', () => resolve(null))
    void (async () => {
      for (let sent = 0; sent < bytes && !slow.destroyed; sent += 1) {
        slow.write('x')
        await wait(pause)
      }
      if (bytes === 5) slow.end()
    })()
  })
}

test('a body has to be here in its time', async () => {
  const base = await startServer(600, 60_000)
  expect(await drip(`${base}/short`, 10)).toBe(200)
  expect(await drip(`${base}/short`, 400)).toBeNull()
})

test('an upload may take its time, while something of it comes', async () => {
  const base = await startServer(100, 1_000)
  expect(await drip(`${base}/long`, 300)).toBe(200)
  expect(await drip(`${base}/long`, 10, 2)).toBeNull()
})
