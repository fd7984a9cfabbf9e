import { badPattern, type PatternPath, shown } from './bad-pattern.ts'
import { parseIpAddress } from './ip-address.ts'

/**
 * Compiles an address range, `10.0.0.0/8` or `2001:db8::/32`. A text that is no address is in no range, and neither is
 * one with a zone (`fe80::1%eth0`): it means something on one machine only.
 */
export function compileCidr(range: unknown, path: PatternPath): (text: string) => boolean {
  const [, address = '', digits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(String(range)) ?? []
  const network = parseIpAddress(address)
  if (typeof range !== 'string' || network === undefined || Number(digits) > network.bits) {
    throw badPattern(
      path,
      `"cidr" of ${shown(range)}. Write a range such as "10.0.0.0/24" or "2001:db8::/32".`,
    )
  }
  const { bits, value } = network
  const free = BigInt(bits - Number(digits))
  return text => {
    const given = parseIpAddress(text)
    return given !== undefined && given.bits === bits && given.value >> free === value >> free
  }
}
