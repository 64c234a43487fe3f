import { expect, test } from 'vitest'
import { runAuditCommand } from './audit-command.ts'
import { noteActivity } from './adapters/storage/contract/activity.contract.ts'
import { makeOrganisation, oneTo, write } from './adapters/storage/contract/contract-fixture.ts'
import { databaseFile } from './adapters/storage/sqlite/open-sqlite-storage.ts'
import { opened, temporaryFolder } from './adapters/storage/sqlite/sqlite-fixture.ts'

async function audit(data: string, ...argv: string[]) {
  const said: string[] = []
  const code = await runAuditCommand(argv, { PARLEY_DATA: data }, (line) => said.push(line))
  return { code, said: said.join('\n') }
}

/** Two organisations, each with three lines; the server still runs. */
async function filled() {
  const data = temporaryFolder()
  const storage = opened({ file: databaseFile(data) })
  const scopes = [await makeOrganisation(storage), await makeOrganisation(storage)]
  for (const scope of scopes) {
    for (const index of oneTo(3))
      await write(storage, scope, (tx) => noteActivity(tx, scope, `line ${String(index)}`, index))
  }
  const tamper = (statement: string) => {
    storage.writer.exec('DROP TRIGGER activity_is_never_changed; DROP TRIGGER activity_is_never_removed')
    storage.writer.exec(statement)
  }
  return { data, storage, scopes, tamper }
}

test('--help and nonsense are answered with what can be asked', async () => {
  expect(await audit('/nowhere', '--help')).toMatchObject({ code: 0 })
  for (const argv of [[], ['fly'], ['verify', 'x'], ['verify', '--fast']]) {
    const { code, said } = await audit('/nowhere', ...argv)
    expect({ code, said }).toMatchObject({ code: 2, said: expect.stringContaining('PARLEY_DATA') as string })
  }
})

test('A data folder without a database is said to be one', async () => {
  expect(await audit(temporaryFolder(), 'verify')).toMatchObject({
    code: 1,
    said: expect.stringContaining('There is no file') as string,
  })
})

test('A11: logs that are as they were written are said to be sound, while the server runs', async () => {
  const { data, storage, scopes } = await filled()
  const { code, said } = await audit(data, 'verify')
  expect(code).toBe(0)
  for (const scope of scopes) {
    const { hash } = (await storage.read.activity.newest(scope)) ?? {}
    expect(said).toContain(`${scope}): 3 lines, all as they were written, the last with the hash ${hash}`)
  }
})

test.each([
  [
    'changed',
    `UPDATE activity SET changes = replace(changes, '"after":2', '"after":9')`,
    'line 2 was changed',
  ],
  ['sealed anew', `UPDATE activity SET previous = '', hash = '' WHERE number = 2`, 'line 2 was changed'],
  ['removed', 'DELETE FROM activity WHERE number = 2', 'line 3 follows line 1'],
  [
    'of another organisation',
    'DELETE FROM activity WHERE org = 1; UPDATE activity SET org = 1',
    'line 1 was changed',
  ],
  ['back-dated', 'UPDATE activity SET at = at - 1 WHERE number = 3', 'line 3 was changed'],
])('A11: a line that was %s is found', async (_what, statement, finding) => {
  const { data, tamper } = await filled()
  tamper(statement)
  const { code, said } = await audit(data, 'verify')
  expect(code).toBe(1)
  expect(said).toContain(finding)
})
