/** An address as a number of its family's bits. */
export interface IpAddress {
  readonly bits: 32 | 128
  readonly value: bigint
}

/** Reads an IPv4 or IPv6 address, the latter without a zone; undefined for anything else. */
export function parseIpAddress(text: string): IpAddress | undefined {
  return text.includes(':') ? parseSix(text) : parseFour(text)
}

function parseFour(text: string): IpAddress | undefined {
  const parts = text.split('.')
  const sound =
    parts.length === 4 && parts.every(part => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
  return sound ? { bits: 32, value: joined(parts.map(Number), 8n) } : undefined
}

function parseSix(text: string): IpAddress | undefined {
  const [head = '', tail, ...more] = text.split('::')
  const before = groupsOf(head, tail === undefined)
  const after = tail === undefined ? [] : groupsOf(tail, true)
  if (before === undefined || after === undefined || more.length > 0) return undefined
  const left = 8 - before.length - after.length
  if (tail === undefined ? left !== 0 : left < 1) return undefined
  const gap = Array.from({ length: left }, () => 0)
  return { bits: 128, value: joined([...before, ...gap, ...after], 16n) }
}

/** Groups of 16 bits; the very last one of an address may be written as IPv4. */
function groupsOf(text: string, toEnd: boolean): readonly number[] | undefined {
  if (text === '') return []
  const parts = text.split(':')
  const groups: number[] = []
  for (const [index, part] of parts.entries()) {
    const four = toEnd && index === parts.length - 1 && part.includes('.') ? parseFour(part) : undefined
    if (four) groups.push(Number(four.value >> 16n), Number(four.value & 0xffffn))
    else if (/^[\da-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16))
    else return undefined
  }
  return groups
}

function joined(parts: readonly number[], width: bigint): bigint {
  return parts.reduce((value, part) => (value << width) | BigInt(part), 0n)
}
