import { expect, test } from 'vitest'
import { addressBlock } from './address-block.ts'

test('A10: whoever owns a whole IPv6 network counts once', () => {
  expect(addressBlock('2001:db8:1:2::1')).toBe('2001:db8:1:2::/64')
  expect(addressBlock('2001:0DB8:1:2:ffff:ffff:ffff:ffff')).toBe('2001:db8:1:2::/64')
  expect(addressBlock('2001:db8:1:3::1')).not.toBe(addressBlock('2001:db8:1:2::1'))
})

test('IPv4 addresses count one by one, however they are written', () => {
  expect(addressBlock('203.0.113.7')).toBe('203.0.113.7')
  expect(addressBlock('::ffff:203.0.113.7')).toBe('203.0.113.7')
})

test('what is no address counts as itself', () => {
  expect(addressBlock('')).toBe('')
})
