import { expect, test } from 'vitest'
import { newId } from '../../../kernel/ids.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import { searchMessages, type Asked } from '../../../domains/search/search-messages.ts'
import type { SearchIndex } from '../../../domains/search/search-store.ts'
import { TOKENS_VERSION } from '../../../domains/search/search.ts'
import { takeInMessages } from '../../../domains/search/take-in-messages.ts'
import { AT, makeChat, makeConversation, oneTo, sendIn, write, type Stage } from './contract-fixture.ts'
import { actorOf, chatOf, DAY, find, say, takeIn } from './search-fixture.ts'

const TEXTS = [
  'The coach leaves at 06:15 from door B',
  'Ein größeres Straßenfest in Łódź',
  'Ещё раз: автобус в шесть',
  'قَالَ أَحْمَد: الحافلة في السادسة',
  '我们明天去东京塔',
  '明日は東京タワーへ',
  '안녕하세요 여러분',
  'see https://parley.example/harbour for the OK',
  'Done 🎉 a+b "quoted" (really) C$ 5',
  'the coach again, and the harbour',
]
const [COACH, FEST, BUS, HAFILA, TOKYO_ZH, TOKYO_JA, HELLO, LINK, DONE, AGAIN] = TEXTS as [
  string, string, string, string, string, string, string, string, string, string,
] // prettier-ignore

const FOUND: readonly (readonly [words: string, texts: readonly string[]])[] = [
  ['coach', [AGAIN, COACH]],
  ['oach the', [AGAIN, COACH]],
  ['COACH leaves', [COACH]],
  ['"leaves at 06:15"', [COACH]],
  ['"at leaves"', []],
  ['harb', [AGAIN, LINK]],
  ['groesseres', []],
  ['grosseres strassenfest', [FEST]],
  ['lodz', [FEST]],
  ['еще автобус', [BUS]],
  ['قال احمد', [HAFILA]],
  ['東京', [TOKYO_JA]],
  ['京', [TOKYO_JA, TOKYO_ZH]],
  ['东京塔', [TOKYO_ZH]],
  ['タワー', [TOKYO_JA]],
  ['하세', [HELLO]],
  ['ok', [LINK]],
  ['co', [AGAIN, COACH]],
  ['c', [AGAIN, DONE, COACH]],
  ['oa', []],
  ['🎉', [DONE]],
  ['a+b', [DONE]],
  ['$', [DONE]],
  ['"', []],
  ['OR', []],
  ['NEAR(coach', []],
  ['coach*', []],
  ["'; DROP TABLE", []],
]

/** The search index: the same is found in every engine, and only what is the member's to see. */
export function searchContract(stage: Stage): void {
  findingContract(stage)
  followingContract(stage)
  renewalContract(stage)
}

function findingContract(stage: Stage): void {
  test('words, parts of words, phrases and every script are found, newest first', async () => {
    const { scope, ana } = await chatOf(stage.storage, TEXTS)
    for (const [words, texts] of FOUND)
      expect([words, await find(stage.storage, scope, ana.id, { words })]).toEqual([words, texts])
  })

  test('what stands between marks of formatting is found as it is shown, and as it was typed', async () => {
    const text = 'One ticket *to* _Rome_, re`start`ed at snake_key_name'
    const { scope, ana } = await chatOf(stage.storage, [text, 'ticket from *Rome* to Oslo'])
    for (const words of ['"ticket to rome"', '"ticket *to*"', 'restarted', '`start', 'snake_key_name'])
      expect([words, await find(stage.storage, scope, ana.id, { words })]).toEqual([words, [text]])
  })

  test('who wrote it, where, what it holds and when it was sent narrow it down', async () => {
    const chat = await chatOf(stage.storage, TEXTS)
    const { scope, ana, ben, conversation } = chat
    const other = await makeConversation(stage.storage, scope, [ana.id])
    await say(stage.storage, chat, 'a coach from Ben', { senderId: ben.id, sentAt: AT + 20 * DAY })
    await say(stage.storage, chat, 'a coach elsewhere', { conversationId: other.id, sentAt: AT + 30 * DAY })
    await takeIn(stage.storage, scope)
    const found = (asked: Partial<Asked>) => find(stage.storage, scope, ana.id, asked)
    expect(await found({ words: 'coach', from: [ben.id] })).toEqual(['a coach from Ben'])
    expect(await found({ from: [ben.id] })).toEqual(['a coach from Ben'])
    expect(await found({ words: 'coach', from: [ben.id, ana.id], in: [other.id] })).toEqual([
      'a coach elsewhere',
    ])
    expect(await found({ words: 'coach', from: [newId()] })).toEqual([])
    expect(await found({ has: ['link'] })).toEqual([LINK])
    expect(await found({ has: ['link', 'file'] })).toEqual([])
    expect(await found({ words: 'coach', after: AT + DAY, before: AT + 30 * DAY })).toEqual([
      'a coach from Ben',
      AGAIN,
    ])
    expect(await found({ after: AT + 9 * DAY, before: AT + 20 * DAY })).toEqual([AGAIN])
    expect(await found({ in: [conversation.id], before: AT + DAY })).toEqual([COACH])
    expect(await found({})).toEqual([])
    expect(await found({ words: '?!', in: [conversation.id] })).toEqual([])
    await expect(found({ words: 'coach', in: [newId()] })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('T7: pages go on where the one before ended, whatever is written meanwhile', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, ana } = chat
    await write(stage.storage, scope, async (tx) => {
      for (const index of oneTo(250))
        await sendIn(tx, scope, {
          conversationId: chat.conversation.id,
          senderId: ana.id,
          text: `coach ${String(index)}`,
        })
    })
    await takeIn(stage.storage, scope)
    const seen: string[] = []
    for (let cursor: number | null = Number.MAX_SAFE_INTEGER; cursor !== null;) {
      const read = { ...stage.storage.read, search: stage.storage.search }
      const found = await searchMessages(
        read,
        actorOf(scope, ana.id),
        { words: 'coach', limit: 50, cursor },
        AT,
      )
      seen.push(...found.messages.map(({ text }) => text))
      cursor = found.cursor
      await say(stage.storage, chat, 'coach meanwhile')
      await takeIn(stage.storage, scope)
    }
    expect(seen).toEqual(
      oneTo(250)
        .reverse()
        .map((index) => `coach ${String(index)}`),
    )
  })
}

function followingContract(stage: Stage): void {
  const position = (scope: OrgScope) => stage.storage.search.position(scope, TOKENS_VERSION)

  test('the index follows by a position of its own, and says who is behind', async () => {
    const chat = await chatOf(stage.storage, ['coach'])
    const { scope } = chat
    expect(await position(scope)).toEqual({ seq: 1, whole: true })
    expect(await stage.storage.searchBehind()).not.toContain(scope)
    await say(stage.storage, chat, 'another coach')
    expect(await stage.storage.searchBehind()).toContain(scope)
    await takeIn(stage.storage, scope)
    expect(await position(scope)).toEqual({ seq: 2, whole: true })
    expect(await stage.storage.searchBehind()).not.toContain(scope)
  })

  test('while it is being made it says that it is not whole', async () => {
    const chat = await makeChat(stage.storage)
    const { scope, ana, conversation } = chat
    await write(stage.storage, scope, async (tx) => {
      for (const index of oneTo(350))
        await sendIn(tx, scope, { conversationId: conversation.id, senderId: ana.id, text: String(index) })
    })
    const read = { ...stage.storage.read, search: stage.storage.search }
    expect((await takeInMessages(read, scope)).more).toBe(true)
    const asked = { words: 'coach', limit: 5 }
    expect(await searchMessages(read, actorOf(scope, ana.id), asked, AT)).toMatchObject({ complete: false })
    await takeIn(stage.storage, scope)
    expect(await searchMessages(read, actorOf(scope, ana.id), asked, AT)).toMatchObject({ complete: true })
  })

  test('the same messages taken in twice are found once, and what is dropped is found no more', async () => {
    const { scope, ana, conversation } = await chatOf(stage.storage, ['first coach', 'second coach'])
    const [first] = await stage.storage.read.messages.sentAfter(scope, 0, 1)
    if (!first) throw new Error('a message was sent')
    const entry = {
      messageId: first.id,
      conversationId: conversation.id,
      seq: first.seq,
      sentAt: AT,
      tokens: ['tra', 'rai', 'ain'],
    }
    const step = { gone: [], emptied: [], upTo: 2, whole: true, version: TOKENS_VERSION }
    await stage.storage.search.put(scope, { ...step, entries: [entry] })
    await stage.storage.search.put(scope, { ...step, entries: [entry] })
    const look = async (token: string) => {
      const wanted = {
        tokens: [[token]],
        conversationIds: [conversation.id],
        after: 0,
        before: Number.MAX_SAFE_INTEGER,
      }
      const looked = await stage.storage.search.look(scope, {
        ...wanted,
        below: Number.MAX_SAFE_INTEGER,
        limit: 10,
      })
      return looked.messages.map(({ seq }) => seq)
    }
    expect([await look('tra'), await look('coa')]).toEqual([[1], [2]])
    // the index holds other words than the message now: nobody finds it by them
    expect(await find(stage.storage, scope, ana.id, { words: 'train' })).toEqual([])
    await stage.storage.search.put(scope, { ...step, entries: [], gone: [entry] })
    expect(await look('tra')).toEqual([])
  })
}

function renewalContract(stage: Stage): void {
  test('what another process has taken in meanwhile stays where the newest before it are deleted for good', async () => {
    const chat = await chatOf(stage.storage, ['first coach', 'second coach'])
    const { scope, ana, conversation } = chat
    const { read, search } = stage.storage
    const newest = await read.messages.page(scope, conversation.id, { limit: 1 })
    await write(stage.storage, scope, async (tx) => {
      const range = { from: 2, to: 2, quiet: 0, why: 'expired', days: null, memberId: null } as const
      await tx.conversations.setPurged(scope, conversation.id, [range])
      const audience = `conversation:${conversation.id}` as const
      await tx.changes.append(scope, { audience, kind: 'purge', id: conversation.id, data: null })
      await tx.messages.remove(scope, conversation.id, newest)
    })
    const slow: Pick<SearchIndex, 'position' | 'put' | 'takeNews'> = {
      position: (...given) => search.position(...given),
      takeNews: () => search.takeNews(),
      put: async (...given) => {
        await say(stage.storage, chat, 'third coach')
        await takeIn(stage.storage, scope)
        await search.put(...given)
      },
    }
    await takeInMessages({ ...read, search: slow }, scope)
    await takeIn(stage.storage, scope)
    expect(await find(stage.storage, scope, ana.id, { words: 'coach' })).toEqual([
      'third coach',
      'first coach',
    ])
  })

  test('whoever searches may see less than is taken in already, and throws nothing away by asking', async () => {
    const { scope, ana } = await chatOf(stage.storage, ['coach'])
    const { search } = stage.storage
    const ahead = { entries: [], gone: [], emptied: [], upTo: 99, whole: true, version: TOKENS_VERSION }
    await search.put(scope, ahead)
    expect(await search.isWhole(scope, TOKENS_VERSION)).toBe(true)
    expect(await search.isWhole(scope, TOKENS_VERSION + 1)).toBe(false)
    expect(await find(stage.storage, scope, ana.id, { words: 'coach' })).toEqual(['coach'])
    expect(search.takeNews()).toBeNull()
    // for whoever keeps it, it is of a later state than the database, which a backup has brought back
    expect(await search.position(scope, TOKENS_VERSION)).toEqual({ seq: 0, whole: false })
    expect(search.takeNews()).toBe('outdated')
  })

  test('an index made in another way, or cleared, is made anew', async () => {
    const { scope, ana } = await chatOf(stage.storage, ['coach'])
    expect(await stage.storage.search.position(scope, TOKENS_VERSION + 1)).toMatchObject({
      seq: 0,
      whole: false,
    })
    expect(stage.storage.search.takeNews()).toBe('outdated')
    await takeIn(stage.storage, scope)
    expect(await find(stage.storage, scope, ana.id, { words: 'coach' })).toEqual(['coach'])
    await stage.storage.search.clear()
    expect(await stage.storage.searchBehind()).toContain(scope)
    await takeIn(stage.storage, scope)
    expect(await find(stage.storage, scope, ana.id, { words: 'coach' })).toEqual(['coach'])
  })
}
