import { expect, test } from 'vitest'
import { createServicePauses } from './service-pauses.ts'

const HOUR = 60 * 60_000

test('A service that fails again and again rests; what happened long ago is forgotten, of those that never answer too', () => {
  let now = 1_790_000_000_000
  const pauses = createServicePauses({ now: () => now })
  const fail = (service: string) => pauses.failed(service, 'no-answer', null)
  for (let failures = 0; failures < 2; failures += 1) fail('one.example')
  expect(pauses.of('one.example')).toBeNull()
  fail('one.example')
  expect(pauses.of('one.example')).toMatchObject({ until: now + 5_000, reason: 'no-answer' })
  now += 3 * HOUR
  fail('two.example')
  fail('one.example')
  expect(pauses.of('one.example'), 'it has failed once').toBeNull()
})
