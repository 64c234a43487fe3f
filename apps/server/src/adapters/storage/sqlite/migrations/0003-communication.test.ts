import path from 'node:path'
import { expect, test } from 'vitest'
import { anOrganisation, makeOrganisation } from '../../contract/contract-fixture.ts'
import { opened, temporaryFolder } from '../sqlite-fixture.ts'
import { stepBack } from './step-back.ts'

test('T8: in an organisation from before there were rules nothing is set', async () => {
  const file = path.join(temporaryFolder(), 'parley.db')
  const before = opened({ file })
  const scope = await makeOrganisation(before)
  await before.close()
  stepBack(file, 2)
  expect(await opened({ file }).read.organisations.get(scope)).toEqual(anOrganisation(scope))
})
