import path from 'node:path'
import { expect, test } from 'vitest'
import { makeMember, makeOrganisation, write } from '../../contract/contract-fixture.ts'
import { aTarget } from '../../contract/pushes.contract.ts'
import { aSession } from '../../contract/sessions.contract.ts'
import { opened, temporaryFolder } from '../sqlite-fixture.ts'
import { stepBack } from './step-back.ts'

test('T8: a session from before there were pushes is told nothing, until it asks to be', async () => {
  const file = path.join(temporaryFolder(), 'parley.db')
  const before = opened({ file })
  const scope = await makeOrganisation(before)
  const session = aSession((await makeMember(before, scope)).id)
  await write(before, scope, (tx) => tx.sessions.insert(scope, session))
  await before.close()
  stepBack(file, 8)
  const storage = opened({ file })
  const { sessions } = storage.read
  expect(await sessions.get(scope, session.id)).toEqual(session)
  expect(await sessions.withPush(scope)).toEqual([])
  await write(storage, scope, (tx) => tx.sessions.update(scope, session.id, { push: aTarget() }))
  expect(await sessions.withPush(scope)).toEqual([{ ...session, push: aTarget() }])
})
