import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { orgScope } from '../../../kernel/org-scope.ts'
import { numbersOf, oneTo } from '../contract/contract-fixture.ts'
import { opened, temporaryFolder } from './sqlite-fixture.ts'

/** A process that sends for ever and says each number once it is acknowledged. */
const sender = (file: string) => `
  const { openSqlite } = await import(${JSON.stringify(new URL('./open-sqlite-storage.ts', import.meta.url).href)})
  const { makeChat, send } = await import(${JSON.stringify(new URL('../contract/contract-fixture.ts', import.meta.url).href)})
  const storage = openSqlite({ file: ${JSON.stringify(file)} })
  const chat = await makeChat(storage)
  console.log(chat.scope, chat.conversation.id)
  const sendForEver = async () => { for (;;) console.log((await send(storage, chat)).data.number) }
  await Promise.all(Array.from({ length: 8 }, sendForEver))`

test('T5: what a killed process has acknowledged is there, once and without a gap', async () => {
  const file = path.join(temporaryFolder(), 'parley.db')
  const child = spawn(process.execPath, ['--input-type=module', '-e', sender(file)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    if (lines.length === 500) child.kill('SIGKILL')
  }
  const [scope = '', conversation = ''] = lines.shift()?.split(' ') ?? []
  const acknowledged = lines.map(Number)
  expect(acknowledged.length).toBeGreaterThanOrEqual(499)
  const storage = opened({ file })
  const page = await storage.read.messages.page(orgScope(scope), conversation, { limit: 1_000_000 })
  expect(numbersOf(page)).toEqual(oneTo(page.length))
  expect(page.length).toBeGreaterThanOrEqual(Math.max(...acknowledged))
  expect(await storage.read.changes.head(orgScope(scope))).toBe(page.at(-1)?.seq)
})
