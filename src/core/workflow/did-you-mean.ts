const LONGEST = 80

/**
 * The candidate that was probably meant by a mistyped name: the nearest one within a third of its length,
 * upper and lower case taken as equal; the first of several equally near. Names over 80 characters are passed over.
 */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  let nearest: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const length = Math.max(name.length, candidate.length)
    if (length > LONGEST) continue
    const limit = length < 3 ? 0 : Math.floor(length / 3)
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase(), Math.min(limit, least - 1))
    if (distance === undefined) continue
    nearest = candidate
    least = distance
  }
  return nearest
}

/**
 * Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`; undefined when more than
 * `limit` are needed.
 */
export function editDistance(a: string, b: string, limit: number): number | undefined {
  if (Math.abs(a.length - b.length) > limit) return undefined
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = nextRow(a, b, row, last, beforeLast)
    if (Math.min(...current) > limit) return undefined
    beforeLast = last
    last = current
  }
  const distance = last[b.length] ?? 0
  return distance <= limit ? distance : undefined
}

function nextRow(a: string, b: string, row: number, last: number[], beforeLast: number[]): number[] {
  const current = [row]
  for (let column = 1; column <= b.length; column++) {
    const differs = a[row - 1] === b[column - 1] ? 0 : 1
    let least = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + differs)
    const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
    if (row > 1 && column > 1 && swapped) least = Math.min(least, at(beforeLast, column - 2) + 1)
    current.push(least)
  }
  return current
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
