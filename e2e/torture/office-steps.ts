import type { Communication } from '@parley/contracts/communication/communication'
import { randomUUID } from 'node:crypto'
import type { Cast } from './cast.ts'

/** Long before any of the rules below lets a message go. */
const LONG_AGO = '31.12.24, 21:41'
/** Random, where the server asks for the form alone. */
const newId = () => randomUUID().replace(/(?<=^.{14})4/, '7')

/** The admin moves an old chat into the group of everybody, or takes one back. */
export async function moveIn(cast: Cast): Promise<string> {
  const { chance, root, moved, ledger } = cast
  const [latest] = moved.importIds.slice(-1)
  if (latest === undefined || chance.happens(0.6)) return importChat(cast)
  await root.call('undoImport', { params: { importId: latest } })
  moved.importIds.pop()
  ledger.isOver(latest)
  return `undo ${latest}`
}

async function importChat({ root, chance, people, ledger, moved }: Cast): Promise<string> {
  const present = people.filter(({ away, gone }) => !away && !gone)
  const memberIds = present.map(({ memberId }) => memberId)
  const { groupId: conversationId } = moved
  for (const memberId of memberIds) ledger.mayReturn(conversationId, memberId)
  await root.call('addToGroup', { params: { conversationId }, body: { memberIds } })
  const importId = newId()
  const lines = Array.from({ length: 2 + chance.below(5) }, () => {
    const author = chance.pick([...present.map(({ name }) => name), 'Nadia'])
    const mark = `line ${randomUUID()}`
    ledger.wrote({ id: importId, conversationId, memberId: null, mark })
    return `${LONG_AGO} - ${author}: ${mark}`
  })
  const fileId = await root.upload('Chat.txt', new TextEncoder().encode(lines.join('\n')))
  const known = present.map(({ name, memberId }) => ({ name, memberId }))
  const reading = { timeZone: 'Europe/Berlin', dateOrder: 'day-first' } as const
  const body = { id: importId, fileId, ...reading, people: [...known, { name: 'Nadia', memberId: null }] }
  moved.importIds.push(importId)
  await root.call('startImport', { params: { conversationId }, body })
  return `${lines.length} lines ${importId}`
}

const rules: readonly Partial<Communication>[] = [
  { messageRetention: 30 },
  { messageRetention: null },
  { messageRetention: null },
  { editWindow: 0 },
  { editWindow: null },
  { deleteWindow: 0 },
  { deleteWindow: null },
  { deleteWindow: null },
  { seenMarks: 'required' },
  { seenMarks: 'optional' },
  { linkPreviews: true },
  { linkPreviews: true },
  { linkPreviews: false },
]

/** The admin changes how people may communicate; old messages may have to go. */
export async function changeRules({ root, chance, moved }: Cast): Promise<string> {
  const body = chance.pick(rules)
  await root.call('changeCommunication', { body })
  if (body.messageRetention !== undefined) moved.keeps = body.messageRetention === null
  return JSON.stringify(body)
}
