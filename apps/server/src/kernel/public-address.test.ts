import { expect, test } from 'vitest'
import { isPublicAddress } from './public-address.ts'

test.each([
  '142.250.184.10',
  '2a00:1450:4003:80f::200a',
  '[2a00:1450:4003:80f::200a]',
  '::ffff:142.250.184.10',
])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true))

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '198.18.0.1',
  '::1',
  '::',
  'fe80::1',
  'fd00::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '::7f00:2',
  '::127.0.0.2',
  '168.63.129.16',
  'localhost',
  '',
])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false))

test('a network that this machine is on is not, whatever its addresses look like', () => {
  const card = { netmask: '', mac: '', internal: false }
  const interfaces = {
    eth0: [
      { ...card, family: 'IPv4' as const, address: '142.250.184.9', cidr: '142.250.184.9/28' },
      { ...card, family: 'IPv6' as const, address: '2a00:1450::9', cidr: '2a00:1450::9/64', scopeid: 0 },
    ],
    none: [{ ...card, family: 'IPv4' as const, address: '0.0.0.0', cidr: null }],
  }
  const judged = [
    '142.250.184.10',
    '142.250.184.20',
    '2a00:1450::20',
    '2a00:1451::20',
    '::ffff:142.250.184.10',
  ]
  expect(judged.map((address) => isPublicAddress(address, interfaces))).toEqual([
    false,
    true,
    false,
    true,
    false,
  ])
})
