/**
 * Compares keys by their UTF-8 bytes, as S3 lists them. JavaScript compares UTF-16 units, which puts characters
 * beyond the basic plane (surrogates, from U+D800) before U+E000..U+FFFF: there the units are shifted round.
 */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const unitA = a.charCodeAt(i)
    const unitB = b.charCodeAt(i)
    if (unitA !== unitB) return utf8Rank(unitA) - utf8Rank(unitB)
  }
  return a.length - b.length
}

function utf8Rank(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800
  return unit >= 0xd800 ? unit + 0x2000 : unit
}
