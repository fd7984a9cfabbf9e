import { isIP } from 'node:net'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseIpAddress } from '../../../src/core/event-pattern/ip-address.ts'

it.each([
  ['10.0.0.1', 32, 0x0a000001n],
  ['::', 128, 0n],
  ['::1', 128, 1n],
  ['2001:db8::8:800:200c:417a', 128, 0x20010db80000000000080800200c417an],
  ['::ffff:1.2.3.4', 128, 0xffff01020304n],
])('reads %s', (text, bits, value) => expect(parseIpAddress(text)).toEqual({ bits, value }))

it('takes for addresses what Node takes for some, zones left out', () => {
  const part = fc.constantFrom('0', '1', '255', '256', '01', 'f', 'ffff', 'fffff', '', ':', '.', '1.2.3.4')
  const text = fc
    .tuple(fc.constantFrom('.', ':', '::'), fc.array(part, { maxLength: 9 }))
    .map(([separator, parts]) => parts.join(separator))
  fc.assert(
    fc.property(fc.oneof(text, fc.ipV4(), fc.ipV6()), address => {
      expect(parseIpAddress(address) !== undefined).toBe(isIP(address) !== 0)
    }),
    { numRuns: 2000 },
  )
})
