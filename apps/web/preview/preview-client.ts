/* Dev tool: a ParleyClient over fixtures, to look at screens before the real client lands. Deleted afterwards. */
import { CallFailed, type ChatRow, type ConnectionState, type ConversationView, type MessageView, type ParleyClient, type SessionState, type Topic } from '@parley/client/client-api'
import type { Member } from '@parley/contracts/members/member'

const id = (n: number) => `019a0000-0000-7000-8000-${String(n).padStart(12, '0')}`
const now = () => Date.now()
const at = (h: number, m: number, day = 0) => { const d = new Date(); d.setHours(h, m, 0, 0); return d.getTime() - day * 86400000 }
const flags = () => new URLSearchParams(location.search)
const store = (k: string) => { try { return sessionStorage.getItem(k) } catch { return null } }

const deps = [['Operations', 901], ['Sales', 902], ['Support', 903]] as const
const names: [string, string, number[], Member['role'], boolean][] = [
  ['Amina', 'In Lisbon until Friday', [901], 'admin', true], ['Yusuf', '', [902], 'member', true], ['Luca', 'On the road', [901], 'member', false],
  ['Priya', '', [903], 'member', true], ['Kenji', '', [901, 903], 'member', false], ['ليلى', 'متاحة حتى الخامسة', [903], 'member', true],
  ['Tomás', '', [902], 'member', false], ['Adaeze', 'Owner', [901, 902], 'admin', true], ['Samira', '', [902], 'member', false],
  ['Mei', '', [901], 'member', true], ['Rafael', '', [902], 'manager', true], ['A very long display name that someone typed with every title and both surnames', '', [901,902,903], 'member', false],
  ['Zofia', '', [901], 'member', false], ['Haruto', '', [], 'member', false], ['Noor', '', [903], 'manager', false], ['Ingrid', '', [902], 'member', true],
]
export function previewClient(): ParleyClient {
  const members = new Map<string, Member>(names.map(([name, statusText, ds, role], i) => [id(i + 1), { id: id(i + 1), name, role, departmentIds: ds.map(id), statusText, pictureVersion: null, state: 'active' as const }]))
  members.set(id(50), { id: id(50), name: 'Daniel', role: 'member', departmentIds: [], statusText: '', pictureVersion: null, state: 'deactivated' })
  const me = members.get(id(1))!
  const listeners = new Map<string, Set<() => void>>()
  const tell = (...topics: Topic[]) => topics.forEach((t) => listeners.get(t)?.forEach((l) => l()))
  let session: SessionState = { state: 'unknown' }
  let connection: ConnectionState = 'starting'
  const convs = new Map<string, ConversationView>()
  const drafts = new Map<string, string>([[id(104), 'The refund for Helena is']])
  const typing = new Set<string>([id(110)])
  let serial = 5000
  const msg = (c: string, number: number | null, sender: number, text: string, sentAt: number, delivery: MessageView['delivery'], failure: string | null = null): MessageView =>
    ({ id: id(100000 + serial++), conversationId: c, number, senderId: id(sender), text, sentAt, delivery, failure })
  const conv = (other: number, messages: MessageView[], seen: number, lastNumber = messages.filter((m) => m.number).length, reachedStart = true) => {
    const cid = id(100 + other)
    convs.set(cid, { conversation: { id: cid, kind: 'direct', memberIds: [id(1), id(other)], createdBy: id(1), createdAt: at(8, 0, 30) }, other: members.get(id(other))!, messages, reachedStart, loadingOlder: false, loadFailure: null, seen, lastNumber, unread: lastNumber - seen })
    return cid
  }
  const c10 = id(110)
  conv(10, [
    msg(c10, 1, 10, 'Good evening. The guide has changed, I write you the details tomorrow.', at(18, 2, 1), 'received'),
    msg(c10, 2, 1, 'Thank you.', at(18, 9, 1), 'seen'),
    msg(c10, 3, 10, 'Morning. The coach company has confirmed two vehicles for the 14th, 49 seats each.', at(8, 52), 'received'),
    msg(c10, 4, 10, 'Pick-up is at the old harbour, not at the station.', at(8, 53), 'received'),
    msg(c10, 5, 1, 'Good. I have put it into the ticket and told the guide.', at(9, 4), 'seen'),
    msg(c10, 6, 10, 'The rooms, from this morning: https://hotel.example/rooms?floor=2 and www.harbour.com. Write to desk@hotel.example', at(9, 20), 'received'),
    msg(c10, 7, 10, 'الصور ممتازة، والفندق قريب جداً من المرفأ.', at(9, 24), 'received'),
    msg(c10, 8, 10, 'Does each of them have a lift? Farid’s mother travels with a wheelchair, and she should not have to wait at the harbour in the sun while we look for another coach.', at(9, 31), 'received'),
    msg(c10, 9, 1, 'the passport copies of the last two couples are missing. Can you get them from the customer?', at(9, 44), 'seen'),
    msg(c10, 10, 1, 'Please hold two more twin rooms until then. One family is still deciding, the other has paid.', at(10, 22), 'seen'),
    msg(c10, 11, 10, 'All four copies are in the ticket now.', at(10, 26), 'received'),
    msg(c10, 12, 1, 'This is the one to print.', at(10, 39), 'delivered'),
    msg(c10, 13, 1, 'I’ll send the list to the hotel at 15:00.', at(10, 40), 'sent'),
    msg(c10, null, 1, 'Guide for day two: Inês, from 09:30 at the hotel.', at(10, 41), 'failed', 'The server did not answer.'),
    msg(c10, null, 1, 'Then only the insurance is missing.', at(10, 42), 'queued'),
  ], 13)
  conv(2, [msg(id(102), 1, 1, 'Did the group from Hanoi land?', at(9, 0), 'seen'), msg(id(102), 2, 2, 'Yes, all nineteen of them.', at(11, 35), 'received'), msg(id(102), 3, 2, 'Luggage of two is late, I opened a claim.', at(11, 36), 'received')], 1)
  conv(3, [msg(id(103), 1, 3, 'When?', at(11, 0), 'received'), msg(id(103), null, 1, 'The transfer leaves at 06:15, door B', at(11, 34), 'queued')], 1)
  conv(4, [msg(id(104), 1, 4, 'What do I tell Helena?', at(11, 20), 'received')], 1)
  conv(5, [msg(id(105), 1, 1, 'Thank you, booked for Thursday', at(10, 55), 'seen')], 1)
  conv(6, [msg(id(106), 1, 6, 'سأرسل التأكيد بعد الظهر إن شاء الله', at(10, 40), 'received')], 0)
  conv(7, [msg(id(107), 1, 1, 'The seats are 12A to 12F', at(17, 0, 1), 'delivered')], 1)
  conv(8, [msg(id(108), 1, 1, 'Could you check the seat map?', at(16, 0, 1), 'sent')], 1)
  conv(9, [msg(id(109), 1, 9, 'See you in April', at(9, 0, 20), 'received')], 1)
  conv(12, [msg(id(112), 1, 12, 'All quiet. Two late check-ins in Hanoi and one question about the breakfast', at(9, 0, 3), 'received')], 1)
  const big: MessageView[] = []
  for (let n = 1; n <= 10000; n++) big.push(msg(id(111), n, n % 7 < 4 ? 11 : 1, `Message ${n}. ${'Some words that make it longer. '.repeat(n % 5)}`, at(9, 0) - (10000 - n) * 9 * 60000 - 86400000, n % 7 < 4 ? 'received' : 'seen'))
  let loaded = 60
  conv(11, big.slice(-loaded), 9988, 10000, false)
  const unreadTotal = () => [...convs.values()].reduce((s, v) => s + v.unread, 0)
  let chatRows: ChatRow[] = []
  const rows = () => { chatRows = flags().has('empty') ? [] : [...convs.values()].filter((v) => v.messages.length).map((v) => ({ conversationId: v.conversation.id, other: v.other, lastMessage: v.messages.at(-1) ?? null, unread: v.unread, draft: drafts.get(v.conversation.id) ?? null, typing: typing.has(v.conversation.id), activeAt: v.messages.at(-1)!.sentAt })).sort((a, b) => b.activeAt - a.activeAt) }
  rows()
  const change = (cid: string, patch: Partial<ConversationView>) => { convs.set(cid, { ...convs.get(cid)!, ...patch }); rows(); tell('chats', `conversation:${cid}`) }
  const accounts = new Map([...members.values()].map((m, i) => [m.id, { id: m.id, email: `${['amina','yusuf','luca','priya','kenji','layla','tomas','adaeze','samira','mei','rafael','long.name.of.a.seasonal.colleague','zofia','haruto','noor','ingrid','daniel'][i]}@quillhaven.example`, passwordIsTemporary: i === 13, createdAt: at(8, 0, 20) }]))
  const inv = (n: number, email: string | null, role: Member['role'], ds: number[], by: number, days: number, state: 'pending' | 'used' | 'revoked' = 'pending') => ({ id: id(700 + n), email, role, departmentIds: ds.map(id), createdBy: id(by), createdAt: at(8, n, 2), expiresAt: now() + days * 86400000, state, usedBy: state === 'used' ? id(13) : null, usedAt: state === 'used' ? at(9, 0, 1) : null })
  const invites = [inv(1, 'zofia@quillhaven.example', 'member', [901], 1, 6), inv(2, null, 'member', [902], 8, 2), inv(3, 'noor@quillhaven.example', 'manager', [903, 901], 1, 7), inv(4, 'long.name.of.a.seasonal.colleague@quillhaven.example', 'member', [902], 8, 1), inv(5, 'haruto@quillhaven.example', 'admin', [901], 8, -1), inv(6, null, 'member', [], 1, 3, 'used'), inv(7, 'x@y.example', 'member', [], 1, 3, 'revoked')]
  const departments = new Map(deps.map(([name, n]) => [id(n), { id: id(n), name }]))
  const presences = new Map(names.map((x, i) => [id(i + 1), { online: x[4], lastSeenAt: at(10, 58, i % 4) }]))
  const organisation = { id: id(1000), name: 'Quillhaven Travel' }
  const details = { id: id(1000), address: '14 Mill Lane, second floor', expectedUsers: 34, ownerName: 'Ingrid', contactNumber: '+351 900 000 142', createdAt: now() }
  const own = { id: id(1), organisationId: id(1000), email: 'amina@quillhaven.example', passwordIsTemporary: false }
  const signedIn = (): SessionState => ({ state: 'signed-in', organisationId: id(1000), memberId: id(1), passwordIsTemporary: flags().has('temp') })
  const answers: Record<string, () => unknown> = {
    installation: () => ({ version: '0', protocolVersion: 1, oldestProtocolVersion: 1, mail: true }),
    listSessions: () => ({ sessions: [{ id: id(801), device: 'Chrome on Windows', address: '192.0.2.4', createdAt: now(), lastUsedAt: now(), current: true }, { id: id(802), device: 'Safari on iPhone', address: '192.0.2.9', createdAt: now(), lastUsedAt: at(9, 0, 1), current: false }] }),
    listMemberSessions: () => ({ sessions: [{ id: id(802), device: 'Safari on iPhone', address: '192.0.2.9', createdAt: now(), lastUsedAt: at(9, 0, 1), current: false }] }),
    createInvite: () => ({ invite: invites[0], token: '7f3k92mqw4htx8ne7f3k92mqw4', mailed: false }),
    renewInvite: () => ({ invite: invites[0], token: '7f3k92mqw4htx8ne7f3k92mqw4', mailed: false }),
    resetMemberPassword: () => ({ temporaryPassword: 'harbour-plum-42-cloud' }),
    openInvite: () => { const c = location.hash.slice(1); if (c.startsWith('x')) throw new CallFailed('invite_expired', 'tell', 'Expired'); return { organisationName: 'Quillhaven Travel', invitedBy: 'Amina', email: 'zofia@quillhaven.example', expiresAt: now() } },
    signIn: () => ({ outcome: 'choose', organisations: [{ id: id(1000), name: 'Quillhaven Travel' }, { id: id(1001), name: 'Harbour Guides' }] }),
    signUp: () => { throw new CallFailed('weak_password', 'tell', 'weak', { 'admin.password': 'This password is easy to guess.' }) },
    requestPasswordReset: () => ({ mail: 'if-known' }),
  }
  return {
    async start() {
      await new Promise((r) => setTimeout(r, 60))
      session = flags().has('out') || /sign-|join|forgot|reset/.test(location.pathname) ? { state: 'signed-out', reason: flags().has('why') ? 'deactivated' : null } : signedIn()
      connection = flags().has('offline') || store('offline') ? 'offline' : 'live'
      tell('session', 'connection', 'chats')
    },
    async stop() {}, subscribe(topic, l) { const s = listeners.get(topic) ?? new Set(); listeners.set(topic, s.add(l)); return () => { s.delete(l) } },
    session: () => session, connection: () => connection, now, storage: () => (flags().has('memory') ? 'memory' : 'kept'), waiting: () => 2,
    me: () => me, ownProfile: () => own, organisation: () => organisation, organisationDetails: () => details,
    members: () => members, departments: () => departments, accounts: () => accounts, invites: () => invites, presence: (m) => presences.get(m) ?? null,
    chats: () => chatRows, totalUnread: unreadTotal, conversation: (c) => convs.get(c) ?? null, draft: (c) => drafts.get(c) ?? '',
    async call(name: string) { await new Promise((r) => setTimeout(r, 200)); const a = answers[name]; return (a ? a() : {}) as never }, async upload() { return me as never },
    async adoptSession() { session = signedIn(); tell('session') }, async signOut() { session = { state: 'signed-out', reason: 'signed-out' }; tell('session') },
    async startDirect(m) { return conv(Number(m.slice(-4)), [], 0) }, async openConversation() {},
    async loadOlder(c) {
      const v = convs.get(c)!; if (v.loadingOlder || v.reachedStart) return
      change(c, { loadingOlder: true }); await new Promise((r) => setTimeout(r, 250)); loaded = Math.min(10000, loaded + (flags().has('fast') ? 4000 : 50))
      const tail = convs.get(c)!.messages.filter((m) => m.number === null || m.number > 10000)
      change(c, { loadingOlder: false, messages: [...big.slice(-loaded), ...tail], reachedStart: loaded === 10000 })
    },
    async send(c, text) {
      const v = convs.get(c)!; const m = msg(c, null, 1, text, now(), 'queued'); change(c, { messages: [...v.messages, m] })
      setTimeout(() => { const w = convs.get(c)!; change(c, { messages: w.messages.map((x) => (x.id === m.id ? { ...x, number: w.lastNumber + 1, delivery: 'sent' as const } : x)), lastNumber: w.lastNumber + 1, seen: w.lastNumber + 1, unread: 0 }) }, 600)
      setTimeout(() => { typing.add(c); rows(); tell('chats') }, 1200)
      setTimeout(() => { typing.delete(c); const w = convs.get(c)!; const n = w.lastNumber + 1; change(c, { messages: [...w.messages, msg(c, n, Number(w.other!.id.slice(-4)), `Answer to: ${text}`, now(), 'received')], lastNumber: n, unread: n - w.seen }) }, 2500)
    },
    async retry() {}, async takeBack(m) { for (const [c, v] of convs) { const f = v.messages.find((x) => x.id === m); if (f) { change(c, { messages: v.messages.filter((x) => x !== f) }); return f.text } } return '' }, async discard(m) { await this.takeBack(m) },
    setDraft(c, t) { if (t) drafts.set(c, t); else drafts.delete(c); rows(); tell('chats', `draft:${c}`) }, signalTyping() {},
    markSeen(c, n) { const v = convs.get(c); if (v && n > v.seen) change(c, { seen: n, unread: Math.max(0, v.lastNumber - n) }) },
    watchPresence: () => () => undefined, typing: () => [],
  }
}
