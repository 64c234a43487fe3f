import { beforeAll, expect, test } from 'vitest'
import { memoryStore } from '../local-store/memory-store.ts'
import { chat, later } from '../testing/chat.ts'
import { device, type Device, liveDevice } from '../testing/device.ts'
import { fakePlace, uploadsOf } from '../testing/fake-uploads.ts'
import { signedIn } from '../testing/fake-transport.ts'
import type { TestClock } from '../testing/test-clock.ts'
import { testTabs } from '../testing/test-platform.ts'
import { type Bytes, ShelfFull } from './file-ports.ts'

const someBytes = (size: number): Bytes => new Blob([new Uint8Array(size)], { type: 'image/jpeg' })

const photo = (size = 1_000, name = 'photo.jpg') =>
  ({ bytes: someBytes(size), name, type: 'image/jpeg', kind: 'picture' }) as const

/** The queue is a part of the program that is fetched when it is needed. */
beforeAll(() => import('./upload-queue.ts'))

async function pass(clock: TestClock, milliseconds = 10): Promise<void> {
  for (let step = 0; step < 5; step++) {
    await new Promise((resolve) => setTimeout(resolve, 0))
    await clock.pass(milliseconds / 5)
  }
}

const messagesOf = ({ client }: Device, id: string) => client.conversation(id)?.messages ?? []
const sends = ({ transport }: Device) => transport.payloads.filter(({ name }) => name === 'messages.send')

const texts = (of: Device) => sends(of).map(({ payload }) => (payload as { text: string }).text)

async function sendTogether({ client }: Device, conversationId: string, names: readonly string[]) {
  const ids: string[] = []
  for (const name of names) {
    const after = ids.at(-1)
    const together = after === undefined ? {} : { after }
    ids.push(await client.send(conversationId, name, { files: [photo(1_000, name)], ...together }))
  }
  return ids
}

async function sender() {
  const { server, clock, ana, conversationId } = chat()
  const files = fakePlace(server)
  const store = memoryStore()
  const a = await liveDevice(server, clock, ana, { files, store })
  return { server, clock, ana, conversationId, a, files, store, uploads: uploadsOf(server) }
}

test('Y6: a message waits for its files, shows at once, and what was written after it may go before', async () => {
  const { clock, conversationId, a, uploads } = await sender()
  const { promise, arrive } = later()
  uploads.hold = () => promise
  await a.client.send(conversationId, 'Look', { files: [photo(), photo(2_000, 'other.jpg')] })
  await a.client.send(conversationId, 'afterwards')
  await pass(clock)
  expect(sends(a).map(({ payload }) => payload)).toMatchObject([{ text: 'afterwards' }])
  const [shown] = messagesOf(a, conversationId).filter(({ files }) => files.length > 0)
  expect(shown).toMatchObject({
    text: 'Look',
    delivery: 'queued',
    files: [{ kind: 'picture' }, { size: 2_000 }],
  })
  expect(a.client.transfer(conversationId, shown!.id)).toEqual({ state: 'waiting', sent: 0, size: 3_000 })
  arrive()
  await pass(clock)
  const ids = shown!.files.map(({ id }) => id)
  expect(sends(a).at(-1)?.payload).toMatchObject({ text: 'Look', files: ids })
  expect(a.client.waiting()).toBe(0)
})

test('what was chosen together arrives in its order, however long each takes, and what is held back holds nothing up', async () => {
  const { clock, conversationId, a, uploads } = await sender()
  const [first, third] = [later(), later()]
  const waits = [first.promise, null, third.promise]
  uploads.hold = () => waits.shift() ?? null
  const ids = await sendTogether(a, conversationId, ['1.pdf', '2.pdf', '3.pdf', '4.pdf'])
  await a.client.send(conversationId, 'afterwards')
  await pass(clock)
  expect(texts(a), 'the second is there, and waits for the first').toEqual(['afterwards'])
  first.arrive()
  await pass(clock)
  expect(texts(a)).toEqual(['afterwards', '1.pdf', '2.pdf'])
  await a.client.pauseFiles(ids[2] ?? '', true)
  await pass(clock)
  expect(texts(a)).toEqual(['afterwards', '1.pdf', '2.pdf', '4.pdf'])
  third.arrive()
  await a.client.pauseFiles(ids[2] ?? '', false)
  await pass(clock, 60_000)
  expect(texts(a)).toEqual(['afterwards', '1.pdf', '2.pdf', '4.pdf', '3.pdf'])
  expect(a.client.waiting()).toBe(0)
})

test('of what was chosen together the refusal of one holds up none of the others', async () => {
  const { clock, conversationId, a, uploads } = await sender()
  const first = later()
  const waits = [first.promise]
  uploads.hold = () => waits.shift() ?? null
  await sendTogether(a, conversationId, ['1.pdf', '2.pdf'])
  await pass(clock)
  a.transport.refuse = (name) => (name === 'finishFile' ? { code: 'file_kind_not_allowed' } : null)
  first.arrive()
  await pass(clock)
  expect(texts(a)).toEqual(['2.pdf'])
})

test('a message may be nothing but its files', async () => {
  const { clock, conversationId, a } = await sender()
  await a.client.send(conversationId, '  ', { files: [photo()] })
  await pass(clock)
  expect(sends(a)[0]?.payload).toMatchObject({ text: '' })
  await expect(a.client.send(conversationId, '  ')).rejects.toMatchObject({ code: 'invalid_input' })
})

test('an upload that is cut goes on from where the server has got to', async () => {
  const { clock, conversationId, a, uploads } = await sender()
  uploads.cutAfter = 400
  await a.client.send(conversationId, '', { files: [photo()] })
  await pass(clock, 60_000)
  expect(uploads.beganAt).toEqual([0, 400, 800])
  expect(a.client.waiting()).toBe(0)
})

test('files that were chosen offline are sent after a restart of the program', async () => {
  const { server, clock, ana, conversationId, a, files, store, uploads } = await sender()
  a.transport.goOffline()
  await a.client.send(conversationId, 'From the train', { files: [photo()] })
  await pass(clock)
  await a.client.stop()
  expect(uploads.all.size).toBe(0)
  const again = device(server, clock, ana, { files, store })
  await again.client.start()
  await pass(clock, 100)
  expect(uploads.all.size).toBe(1)
  expect(sends(again)[0]?.payload).toMatchObject({ text: 'From the train', files: [expect.any(String)] })
})

test('files that were chosen in a tab that follows are sent by the one that leads, which tells how far they are', async () => {
  const { server, clock, ana, conversationId } = chat()
  const shared = { store: memoryStore(true), tabs: testTabs(), files: fakePlace(server) }
  const [leader, follower] = [device(server, clock, ana, shared), device(server, clock, ana, shared)]
  await leader.client.start()
  await leader.client.adoptSession(signedIn(server, ana))
  await clock.pass(50)
  await follower.client.start()
  await clock.pass(50)
  const { promise, arrive } = later()
  const uploads = uploadsOf(server)
  uploads.cutAfter = 700
  await follower.client.send(conversationId, '', { files: [photo()] })
  await pass(clock, 200)
  const [waiting] = messagesOf(follower, conversationId)
  expect(follower.client.transfer(conversationId, waiting!.id)).toEqual({
    state: 'sending',
    sent: 700,
    size: 1_000,
  })
  uploads.cutAfter = null
  uploads.hold = () => promise
  await leader.client.stop()
  await pass(clock, 1_000)
  arrive()
  await pass(clock)
  expect(sends(follower)).toHaveLength(1)
})

test('a paused message stays where it is until it may go on', async () => {
  const { clock, conversationId, a, uploads } = await sender()
  uploads.cutAfter = 300
  await a.client.send(conversationId, '', { files: [photo()] })
  await pass(clock, 200)
  const [{ id } = { id: '' }] = messagesOf(a, conversationId)
  await a.client.pauseFiles(id, true)
  await pass(clock, 60_000)
  expect(a.client.transfer(conversationId, id)).toEqual({ state: 'paused', sent: 300, size: 1_000 })
  expect(uploads.beganAt).toEqual([0])
  await a.client.pauseFiles(id, false)
  await pass(clock, 60_000)
  expect(a.client.waiting()).toBe(0)
})

test('a cancelled message takes its files along, on the device and on the server', async () => {
  const { clock, conversationId, a, files, uploads } = await sender()
  uploads.cutAfter = 300
  await a.client.send(conversationId, '', { files: [photo()] })
  await pass(clock)
  const [message] = messagesOf(a, conversationId)
  await a.client.discard(message!.id)
  await pass(clock)
  expect(messagesOf(a, conversationId)).toEqual([])
  expect(uploads.forgotten).toEqual([`/api/files/${message!.files[0]!.id}/upload`])
  expect(await (await files.open()).shelf.all()).toEqual([])
})

test.each(['quota_full', 'file_too_large', 'files_not_allowed'] as const)(
  'a refusal (%s) is told, and trying again begins anew',
  async (code) => {
    const { clock, conversationId, a } = await sender()
    a.transport.refuse = (name) => (name === 'createFile' ? { code } : null)
    await a.client.send(conversationId, 'Big', { files: [photo()] })
    await pass(clock)
    const [failed] = messagesOf(a, conversationId)
    expect(failed).toMatchObject({ delivery: 'failed', failure: `refused: ${code}` })
    expect(a.client.transfer(conversationId, failed!.id)).toBeNull()
    a.transport.refuse = () => null
    await a.client.retry(failed!.id)
    await pass(clock)
    expect(a.client.waiting()).toBe(0)
    expect(sends(a)).toHaveLength(1)
  },
)

test('who is removed from the group while uploading is told so, and nothing more is sent', async () => {
  const { server, clock, ana, ben } = chat()
  const group = server.addGroup([ben, ana])
  const a = await liveDevice(server, clock, ana, { files: fakePlace(server) })
  const uploads = uploadsOf(server)
  uploads.cutAfter = 100
  await a.client.send(group, '', { files: [photo()] })
  await pass(clock)
  server.removeFromGroup(ben, group, ana)
  await pass(clock, 60_000)
  expect(messagesOf(a, group).at(-1)).toMatchObject({
    delivery: 'failed',
    failure: expect.stringMatching(/no longer in this group/) as string,
  })
  expect(sends(a)).toEqual([])
})

test('where the device has no room the message is not begun, and everything else stays', async () => {
  const { clock, conversationId, a, files } = await sender()
  const { shelf } = await files.open()
  let puts = 0
  const put = shelf.put
  shelf.put = (key, bytes) => (++puts > 1 ? Promise.reject(new ShelfFull('full')) : put(key, bytes))
  a.client.setDraft(conversationId, 'a caption')
  await expect(a.client.send(conversationId, 'Two', { files: [photo(), photo()] })).rejects.toMatchObject({
    code: 'device_full',
  })
  await pass(clock)
  expect(messagesOf(a, conversationId)).toEqual([])
  expect(await shelf.all()).toEqual([])
  expect(a.client.draft(conversationId)).toBe('a caption')
  await a.client.send(conversationId, 'Text still goes')
  await pass(clock)
  expect(sends(a)).toHaveLength(1)
})

test('what this browser has removed meanwhile is asked for again', async () => {
  const { clock, conversationId, a, files } = await sender()
  a.transport.goOffline()
  await a.client.send(conversationId, '', { files: [photo()] })
  const { shelf } = await files.open()
  for (const { key } of await shelf.all()) await shelf.drop(key)
  a.transport.online = true
  a.platform.setOnline(true)
  await pass(clock, 60_000)
  expect(messagesOf(a, conversationId)[0]).toMatchObject({
    delivery: 'failed',
    failure: expect.stringMatching(/Choose it again/) as string,
  })
})

test('bytes come from the device while they wait, and then from a copy; signing out leaves neither', async () => {
  const { clock, conversationId, a, files } = await sender()
  a.transport.goOffline()
  await a.client.send(conversationId, '', { files: [photo(1_234)] })
  const [waiting] = messagesOf(a, conversationId)
  const copy = {
    conversationId,
    messageId: waiting!.id,
    number: null,
    fileId: waiting!.files[0]!.id,
    variant: 'content',
  } as const
  expect((await a.client.fileBytes(copy)).size).toBe(1_234)
  a.transport.online = true
  a.platform.setOnline(true)
  await pass(clock, 60_000)
  const { shelf, copies } = await files.open()
  expect(await shelf.all()).toEqual([])
  expect((await a.client.fileBytes(copy)).size).toBe(1_234)
  await a.client.signOut()
  await pass(clock)
  expect(await copies.get(copy)).toBeNull()
})

test('what the server has removed before its message could leave is carried there again', async () => {
  const { clock, conversationId, a, uploads } = await sender()
  const { promise, arrive } = later()
  const waits = [null, promise]
  uploads.hold = () => waits.shift() ?? null
  await a.client.send(conversationId, 'Look', { files: [photo(), photo(2_000, 'other.jpg')] })
  await pass(clock)
  expect([...uploads.all.values()].map(({ finished }) => finished)).toEqual([true, false])
  a.transport.goOffline()
  uploads.expire()
  // what was there is being removed still when it is asked for again
  const refusals = ['upload_conflict'] as const
  let refused = 0
  a.transport.refuse = (name) => {
    const code = name === 'createFile' ? refusals[refused++] : undefined
    return code ? { code, retryAfter: 1 } : null
  }
  arrive()
  a.transport.online = true
  a.platform.setOnline(true)
  await pass(clock, 60_000)
  expect(messagesOf(a, conversationId)).toMatchObject([{ text: 'Look', delivery: 'sent' }])
  expect([...uploads.all.values()].map(({ finished }) => finished)).toEqual([true, true])
})

test('trying again asks after the files, and sends no byte that is there', async () => {
  const { clock, conversationId, a, uploads } = await sender()
  a.transport.refuse = (name) => (name === 'messages.send' ? { code: 'not_found' } : null)
  await a.client.send(conversationId, 'Look', { files: [photo()] })
  await pass(clock, 60_000)
  const [failed] = messagesOf(a, conversationId)
  expect(failed).toMatchObject({ delivery: 'failed', failure: 'refused: not_found' })
  expect([sends(a).length, uploads.beganAt]).toEqual([2, [0]])
  a.transport.refuse = () => null
  uploads.expire()
  await a.client.retry(failed!.id)
  await pass(clock)
  expect(messagesOf(a, conversationId)).toMatchObject([{ delivery: 'sent' }])
  expect(uploads.beganAt).toEqual([0, 0])
})

test('what waits is kept for its member when a session has expired, and goes when somebody else signs in', async () => {
  const { server, clock, ana, ben, conversationId } = chat()
  const files = fakePlace(server)
  const { shelf } = await files.open()
  const a = await liveDevice(server, clock, ana, { files })
  const expired = async () => {
    a.transport.goOffline()
    await a.client.send(conversationId, '', { files: [photo()] })
    a.transport.refuse = () => ({ code: 'not_signed_in' })
    a.transport.online = true
    await pass(clock, 60_000)
    expect(a.client.session()).toEqual({ state: 'signed-out', reason: 'expired' })
    expect(await shelf.all()).toHaveLength(1)
    a.transport.refuse = () => null
  }
  await expired()
  await a.client.adoptSession(signedIn(server, ana))
  await pass(clock)
  expect([sends(a).length, (await shelf.all()).length]).toEqual([1, 0])
  await expired()
  await a.client.adoptSession(signedIn(server, ben))
  expect(await shelf.all()).toEqual([])
})

test('passing a message on passes on its files: nothing is uploaded, and giving it up removes nothing', async () => {
  const { clock, conversationId, a, uploads } = await sender()
  await a.client.send(conversationId, '', { files: [photo()] })
  const [original] = messagesOf(a, conversationId)
  await pass(clock)
  a.transport.goOffline()
  await a.client.send(conversationId, '', { forwardOf: original! })
  const passedOn = messagesOf(a, conversationId).at(-1)
  expect(passedOn).toMatchObject({ forwarded: true, files: [{ id: original!.files[0]!.id }] })
  await a.client.discard(passedOn!.id)
  await a.client.send(conversationId, '', { forwardOf: original! })
  a.transport.online = true
  a.platform.setOnline(true)
  await pass(clock, 60_000)
  expect(sends(a).at(-1)?.payload).toMatchObject({ forwardOf: original!.id, files: [original!.files[0]!.id] })
  expect([uploads.all.size, uploads.forgotten]).toEqual([1, []])
})

test('of a message whose files are gone, in part or all, the rest is passed on', async () => {
  const { clock, conversationId, a } = await sender()
  await a.client.send(conversationId, 'Look', { files: [photo(), photo(2_000, 'other.jpg')] })
  const original = messagesOf(a, conversationId)[0]!
  await pass(clock)
  const [first, second] = original.files
  const goneSince = (...ids: string[]) => ({
    ...original,
    files: original.files.map((file) => (ids.includes(file.id) ? { ...file, gone: true as const } : file)),
  })
  await a.client.send(conversationId, 'Look', { forwardOf: goneSince(first!.id) })
  await a.client.send(conversationId, 'Look', { forwardOf: goneSince(first!.id, second!.id) })
  await pass(clock)
  const [, part, words] = sends(a).map(({ payload }) => payload as { text: string; files?: string[] })
  expect([part?.files, words?.files, words?.text]).toEqual([[second!.id], undefined, 'Look'])
})
