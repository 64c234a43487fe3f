import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { events, signals } from './events.ts'
import { errorCodes } from './kernel/error-codes.ts'
import { OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION } from './protocol-version.ts'
import { routes } from './routes.ts'
import { changeKinds } from './sync/change.ts'

/**
 * The hash of everything on the wire, for each protocol version. When the test fails because a schema changed: raise
 * PROTOCOL_VERSION and add a line here; raise OLDEST_PROTOCOL_VERSION too if clients of the old version could not go on.
 */
const HASHES: Record<number, string> = {
  1: 'db7e9d019aa3fbf7c56cda9f710aa3679fc9e1e7305e67fdadd44797cf39b392',
  2: '547f3b0eeac5d59bd837ce0f495db34b6523f110a363cffe5cde535abb9ff59d',
  3: '657c4cecc2a84672cc8ada1333c9bdaa0de6bb87a53644cac967bec548e5948c',
  4: '1206e82c98a355d46fc665de627069196e73115aebe9f132ca6d891de758ef06',
  5: '7402a9c8e34cc67ce98fb5f26ea5a8d4cb47871da979a99303d67004851808a2',
  6: '51de14482830b523df867fad8a63492615edf0222b83d94bb62d9b4929a34fe5',
  7: '2d0bb31eecc99d359967cc59d4d731f24c1f4bd1212dc898aae9668fb54a38d8',
  8: '5bedf392ab051024fc6bdbd0e942510c2e3580973f9c47d736169390a3188e4b',
  9: 'ed2b7fcf42243bdf726b08df7457c97da6133a5f10394800263fc4827c9babe3',
  10: '83986272bdaa98eef7ca9a3e99530eafbb7fb75108fa6bf9e086b96b00bb9926',
  11: '48b3140177f3567fab5ca073c158fc76873c564ec4250e2b1781a5ba432c5ae8',
  12: '78cc0697b55f4b63031ce25b928dbddbb0411173120ed9ef49f46a417ab818b3',
  13: '15c412fef0a3e6b1eddd689e78419af790af22a7f838e707c2cd1c0397249eae',
  14: 'f0e5384e96b465899c106b75dd1de93f644cb365f0e054a86a38c5e1a94c8469',
  15: '257e2bf396355445ce51153ccb01e2350fe66f30753ae4502e81f1f31c2f3131',
  16: 'fbcf0b8fc22b5af0e461981fe8cb463df516403c47e7e70f3ad5334c34075f1b',
  17: '858f95e958fcbc6361d996944e9d5d8fd0092bf11682c83e074bb4202e51678a',
  18: '8df70ae5241563a8503ac93d8007d4c219c59d1fbf45308341e64d4c2881bc8c',
  19: '25e14225afe9f6248f1eb1deeb8279b27caf32eac4014d7fd589ee4735b5cad7',
  20: '06e9639fdc0b4bb5ad7727de34af36e1f0d45d8a2c118e56dc9fdcd8c651a2b6',
  21: '91829e1dcb52a84de91eeb7e07eabb53bb5f6b51cc719c22a91f3e4f070271f2',
  22: '6106a22590a99c173ca31db3e18a631c5ee81ed065544a51fc866e1388317500',
  23: '1ffb1033465e2729268a2aa95d90247a1120ac3b1c7db9b217e785f95682cb16',
  24: '0184e44dfb9a1406a37a5a8c7dcd9b3224b409524685a880e985c27370653151',
  25: '01b905efb19fea9cd9b24e87f899c76a1ac9c88363e50d889ee30426668c8a16',
  26: 'b7e26ee15573f77ee2a2ea01acfbb417d10ccd7479955bdafad7a74dcec1c667',
  27: 'a82c852de46623833d3370ab286d299bab782ae31a74576a9f71496af0fc81f9',
  28: '977bfaa76ab91f1a22fca338f938565a45e2711a9801a42deddab3ee36e190d3',
  29: 'bfa972a2e8fa79faaebbe041c6eab6caa6f00e8a98c2013328ef80927ab99e14',
  30: '7edee59c95319bb280a9bae8120b2a905ca986826fbe6811d974a86670d8dc3b',
}

const describeSchema = (schema: z.ZodMiniType | undefined) =>
  schema && [
    z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
    z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }),
  ]

/** Everything that a client of another version would notice. */
function wire(): unknown {
  return {
    routes: Object.entries(routes).map(([name, route]) => {
      const { method, path, params, query, body, response } = route as {
        method: string
        path: string
        params?: z.ZodMiniType
        query?: z.ZodMiniType
        body?: z.ZodMiniType
        response?: z.ZodMiniType
      }
      return [name, method, path, ...[params, query, body, response].map(describeSchema)]
    }),
    events: Object.entries(events).map(([name, event]) => [
      name,
      event.name,
      describeSchema(event.payload),
      describeSchema('ack' in event ? event.ack : undefined),
    ]),
    signals: Object.entries(signals).map(([name, signal]) => [
      name,
      signal.name,
      describeSchema(signal.payload),
    ]),
    changes: Object.entries(changeKinds).map(([kind, schema]) => [kind, describeSchema(schema)]),
    errors: Object.entries(errorCodes).map(([code, { status, action }]) => [code, status, action]),
  }
}

test('a change of any schema comes with a new protocol version', () => {
  const hash = createHash('sha256').update(JSON.stringify(wire())).digest('hex')
  expect(hash, 'raise PROTOCOL_VERSION and write the new hash down').toBe(HASHES[PROTOCOL_VERSION])
})

test('the oldest version that is served is not newer than the present one', () => {
  expect(OLDEST_PROTOCOL_VERSION).toBeLessThanOrEqual(PROTOCOL_VERSION)
})
