import type { StorageTx } from '../adapters/storage/contract/storage.ts'
import { changeChatPreference } from '../domains/chat-preferences/change-chat-preference.ts'
import { raiseMarks } from '../domains/conversations/raise-marks.ts'
import { changeGroup } from '../domains/groups/change-group.ts'
import { createGroup } from '../domains/groups/create-group.ts'
import { setGroupAdmin } from '../domains/groups/set-group-admin.ts'
import type { MemberRecord } from '../domains/members/member.ts'
import type { Actor } from '../kernel/actor.ts'
import { DEMO_ADMIN_MAILBOX } from './people.ts'
import { withFiles } from './fill-files.ts'
import type { DemoGroup } from './groups.ts'
import { sendLine } from './line-extras.ts'

interface Of {
  readonly people: ReadonlyMap<string, MemberRecord>
  readonly actorOf: (member: MemberRecord) => Actor
  /** Of the group's making, then of each line. */
  readonly times: readonly number[]
  readonly now: number
  /** The files of each line, by their ids. */
  readonly files: readonly (readonly string[])[]
  /** The ids of the lines that have a name. */
  readonly named: Map<string, string>
}

/** One group of the demo, with what was written in it and how far everybody has read. */
export async function fillGroup(tx: StorageTx, group: DemoGroup, of: Of): Promise<void> {
  const { people, actorOf, times, now, files, named } = of
  const maker = people.get(group.by)
  const [made = now, ...lineTimes] = times
  if (!maker) return
  const actor = actorOf(maker)
  const others = group.members ?? [...people.keys()]
  const memberIds = others.flatMap((mailbox) => people.get(mailbox)?.id ?? [])
  const { name, description } = group
  const { id: conversationId } = await createGroup(tx, actor, { name, description, memberIds }, made)
  for (const mailbox of group.admins ?? []) {
    const memberId = people.get(mailbox)?.id
    if (memberId) await setGroupAdmin(tx, actor, conversationId, { memberId, admin: true }, made)
  }
  if (group.announcementOnly) await changeGroup(tx, actor, conversationId, { announcementOnly: true }, made)
  const actorNamed = (mailbox: string) => {
    const member = people.get(mailbox)
    return member && actorOf(member)
  }
  for (const [index, [mailbox, , text, , extras]] of group.lines.entries()) {
    const writer = actorNamed(mailbox)
    if (!writer) continue
    const line = { conversationId, text, ...withFiles(files[index]) }
    await sendLine(tx, writer, line, extras, lineTimes[index] ?? now, { actorNamed, named })
  }
  if (group.adminWants)
    await changeChatPreference(tx, actorNamed(DEMO_ADMIN_MAILBOX) ?? actor, conversationId, group.adminWants)
  const last = await tx.conversations.lastNumber(actor.scope, conversationId)
  const conversation = await tx.conversations.get(actor.scope, conversationId)
  for (const [mailbox, member] of people) {
    if (!conversation?.memberIds.includes(member.id)) continue
    const behind = mailbox === DEMO_ADMIN_MAILBOX ? group.unread : group.behind?.includes(mailbox) ? 3 : 0
    const mark = { conversationId, delivered: last, seen: last - behind }
    await raiseMarks(tx, actorOf(member), [mark], now)
  }
}
