import { emailKey } from '../kernel/email-key.ts'
import type { StorageTx, Storage } from '../adapters/storage/contract/storage.ts'
import { changeChatPreference } from '../domains/chat-preferences/change-chat-preference.ts'
import { startDirectConversation } from '../domains/conversations/start-direct-conversation.ts'
import { raiseMarks } from '../domains/conversations/raise-marks.ts'
import { createDefaultDepartments } from '../domains/departments/create-department.ts'
import { acceptInvite } from '../domains/invites/accept-invite.ts'
import { createInvite, revokeInvite } from '../domains/invites/create-invite.ts'
import { changeOwnProfile } from '../domains/members/change-own-profile.ts'
import { createMember } from '../domains/members/create-member.ts'
import type { MemberRecord } from '../domains/members/member.ts'
import { deactivateMember } from '../domains/members/switch-member.ts'
import type { PasswordHasher } from '../domains/members/password-hasher.ts'
import { createOrganisation } from '../domains/organisations/create-organisation.ts'
import type { Actor } from '../kernel/actor.ts'
import { newId } from '../kernel/ids.ts'
import { orgScope, type OrgScope } from '../kernel/org-scope.ts'
import { DEMO_CHATS, type DemoChat } from './chats.ts'
import type { DemoFile } from './demo-files.ts'
import { createDemoUploads, withFiles, type DemoFileParts } from './fill-files.ts'
import { fillGroup } from './fill-groups.ts'
import { sendLine } from './line-extras.ts'
import { DEMO_GROUPS } from './groups.ts'
import { DEMO_GONE, DEMO_JOINED, DEMO_ORGANISATION, DEMO_PEOPLE } from './people.ts'

const MINUTE = 60_000

/** Everybody of the demo signs in with it; a demo is not for production, where `--demo` is refused. */
export const DEMO_PASSWORD = 'harbour lantern quill 42'

export const demoEmail = (mailbox: string) => `${mailbox}@quillhaven.example`

interface Deps {
  readonly storage: Storage
  readonly passwords: PasswordHasher
  readonly now: number
  readonly files: DemoFileParts
}

const actorOf = (scope: OrgScope, { id, role }: MemberRecord): Actor => ({
  scope,
  memberId: id,
  sessionId: '',
  role,
  passwordIsTemporary: false,
  device: '',
  address: '',
})

/** Fills a demo agency through the same use cases that people use; does nothing when it is there already. */
export async function fillDemo({ storage, passwords, now, files }: Deps): Promise<void> {
  const [admin] = DEMO_PEOPLE
  if (!admin) return
  const existing = await storage.locator.findEverywhere(emailKey(demoEmail(admin.mailbox)), 1)
  if (existing.length > 0) return
  const scope = orgScope(newId())
  const passwordHash = await passwords.hash(DEMO_PASSWORD)
  const created = now - 70 * 24 * 60 * MINUTE
  const { result: people } = await storage.transactions.run(scope, async (tx) => {
    await createOrganisation(tx, scope, { ...DEMO_ORGANISATION }, created)
    await createDefaultDepartments(tx, scope)
    return fillPeople(tx, scope, passwordHash, created, now)
  })
  const upload = createDemoUploads({ storage, files, now })
  const uploadAs = (mailbox: string | undefined, given: readonly DemoFile[] | null | undefined) => {
    const uploader = people.get(mailbox ?? admin.mailbox)
    return uploader && given ? upload(actorOf(scope, uploader), given) : []
  }
  const named = new Map<string, string>()
  for (const chat of DEMO_CHATS) {
    const ids: (readonly string[])[] = []
    for (const [who, , , given] of chat.lines)
      ids.push(await uploadAs(who === 'me' ? chat.of : chat.with, given))
    await storage.transactions.run(scope, (tx) => fillChat(tx, scope, people, { ...chat, ids, named }, now))
  }
  for (const group of DEMO_GROUPS) {
    const times = timesOf([group.made, ...group.lines.map(([, when]) => when)], now)
    const ids: (readonly string[])[] = []
    for (const [mailbox, , , given] of group.lines) ids.push(await uploadAs(mailbox, given))
    const of = {
      people,
      actorOf: (member: MemberRecord) => actorOf(scope, member),
      times,
      now,
      files: ids,
      named,
    }
    await storage.transactions.run(scope, (tx) => fillGroup(tx, group, of))
  }
  const me = people.get(admin.mailbox)
  const gone = people.get(DEMO_GONE)
  if (me && gone) {
    await storage.transactions.run(scope, (tx) => fillInvites(tx, actorOf(scope, me), passwordHash, now))
    await storage.transactions.run(scope, (tx) =>
      // nobody has signed in yet, so there is no session to end
      deactivateMember(tx, actorOf(scope, me), gone.id, () => Promise.resolve()),
    )
  }
}

async function fillPeople(
  tx: StorageTx,
  scope: OrgScope,
  passwordHash: string,
  created: number,
  now: number,
) {
  const departments = await tx.departments.list(scope)
  const people = new Map<string, MemberRecord>()
  const lastSeen = new Map<string, number>()
  for (const { name, mailbox, role, departments: names, statusText, lastSeen: minutes } of DEMO_PEOPLE) {
    const departmentIds = departments.filter((one) => names.includes(one.name)).map(({ id }) => id)
    const given = {
      name,
      email: demoEmail(mailbox),
      role,
      departmentIds,
      passwordHash,
      passwordIsTemporary: false,
    }
    const member = await createMember(tx, scope, given, created)
    if (statusText !== '') await changeOwnProfile(tx, actorOf(scope, member), { statusText })
    if (minutes !== null) lastSeen.set(member.id, now - minutes * MINUTE)
    people.set(mailbox, member)
  }
  await tx.members.setLastSeen(scope, lastSeen)
  return people
}

/** "-1 16:20" in the server's own time zone, so that what is said in the morning was said in the morning. */
function timeOf(when: string, now: number): number {
  const [days = '0', clock = '00:00'] = when.split(' ')
  const [hours = '0', minutes = '0'] = clock.split(':')
  const today = new Date(now)
  return new Date(
    today.getFullYear(),
    today.getMonth(),
    today.getDate() + Number(days),
    Number(hours),
    Number(minutes),
  ).getTime()
}

/** When each line was written. Where the last would still be to come, all of it was a day earlier. */
function timesOf(whens: readonly string[], now: number): number[] {
  const times = whens.map((when) => timeOf(when, now))
  return (times.at(-1) ?? 0) < now ? times : times.map((time) => time - 24 * 60 * MINUTE)
}

async function fillChat(
  tx: StorageTx,
  scope: OrgScope,
  people: ReadonlyMap<string, MemberRecord>,
  chat: DemoChat & { readonly ids: readonly (readonly string[])[]; readonly named: Map<string, string> },
  now: number,
): Promise<void> {
  const me = people.get(chat.of ?? DEMO_PEOPLE[0]?.mailbox ?? '')
  const them = people.get(chat.with)
  const times = timesOf(
    chat.lines.map(([, when]) => when),
    now,
  )
  const [begun] = times
  if (!me || !them || begun === undefined) return
  const [myActor, theirActor] = [actorOf(scope, me), actorOf(scope, them)]
  const { id: conversationId } = await startDirectConversation(tx, myActor, them.id, begun)
  const last = chat.lines.length
  const actorNamed = (mailbox: string) => {
    const member = people.get(mailbox)
    return member && actorOf(scope, member)
  }
  const sending = { actorNamed, named: chat.named }
  for (const [index, [who, , text, , extras]] of chat.lines.entries()) {
    const writer = who === 'me' ? myActor : theirActor
    const line = { conversationId, text, ...withFiles(chat.ids[index]) }
    await sendLine(tx, writer, line, extras, times[index] ?? now, sending)
  }
  if (chat.archived) await changeChatPreference(tx, myActor, conversationId, { archived: last })
  const seenByMe = last - chat.unread
  await raiseMarks(tx, myActor, [{ conversationId, delivered: last, seen: seenByMe }], now)
  const theirs = { all: [last, last], delivered: [last, 0], nothing: [0, 0] }[chat.theySaw]
  await raiseMarks(tx, theirActor, [{ conversationId, delivered: theirs[0] ?? 0, seen: theirs[1] ?? 0 }], now)
}

/** One of each kind: waiting, nearly over, over, used and withdrawn. */
async function fillInvites(tx: StorageTx, actor: Actor, passwordHash: string, now: number): Promise<void> {
  const departments = await tx.departments.list(actor.scope)
  const [first, second] = departments
  const day = 24 * 60 * MINUTE
  const invite = (
    mailbox: string | null,
    role: 'member' | 'manager',
    departmentId: string | undefined,
    at: number,
  ) =>
    createInvite(
      tx,
      actor,
      {
        email: mailbox && demoEmail(mailbox),
        role,
        departmentIds: departmentId === undefined ? [] : [departmentId],
        expiresInDays: 7,
      },
      at,
    )
  await invite('marta', 'member', first?.id, now - day)
  await invite(null, 'member', second?.id, now - 5 * day)
  await invite('long.name.of.a.seasonal.colleague', 'manager', second?.id, now - 6 * day)
  await invite('olivier', 'member', first?.id, now - 9 * day)
  const used = await invite(DEMO_JOINED.mailbox, 'member', second?.id, now - 12 * day)
  const person = { name: DEMO_JOINED.name, email: demoEmail(DEMO_JOINED.mailbox), passwordHash }
  await acceptInvite(tx, used.token, person, now - 11 * day)
  const withdrawn = await invite('sent.to.the.wrong.one', 'manager', first?.id, now - 4 * day)
  await revokeInvite(tx, actor, withdrawn.invite.id)
}
