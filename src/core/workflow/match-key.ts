import type { Captures, KeyPattern, Step } from './key-pattern.ts'

/**
 * Matches a whole key, exactly as S3 has it: case-sensitive, no Unicode normalization, nothing decoded.
 *
 * Of several ways to match, the one counts in which the leftmost wildcard (captured or not) takes as few code points as
 * possible, then the next, and so on. Takes time and memory proportional to pattern length times key length.
 */
export function matchKey(pattern: KeyPattern, key: string): Captures | undefined {
  const chars = Array.from(key)
  const reachesEnd = endReachability(pattern.steps, chars)
  if (!reachesEnd(0, 0)) return undefined
  const captures: Record<string, string> = Object.create(null)
  let position = 0
  for (const [index, step] of pattern.steps.entries()) {
    const from = position
    if (step.type !== 'many') position++
    else while (!reachesEnd(index + 1, position)) position++
    if (step.type !== 'char' && step.capture !== undefined) {
      captures[step.capture] = (captures[step.capture] ?? '') + chars.slice(from, position).join('')
    }
  }
  return captures
}

/** For each step and position: can the steps from here on match the characters from here on? */
function endReachability(
  steps: readonly Step[],
  chars: readonly string[],
): (step: number, position: number) => boolean {
  const width = chars.length + 1
  const reaches = new Uint8Array((steps.length + 1) * width)
  reaches[steps.length * width + chars.length] = 1
  for (let index = steps.length - 1; index >= 0; index--) {
    const step = steps[index]
    for (let position = chars.length; step && position >= 0; position--) {
      const here = index * width + position
      const taken = takes(step, chars[position])
      const stays = step.type === 'many' && taken && reaches[here + 1] === 1
      const leaves =
        step.type === 'many' ? reaches[here + width] === 1 : taken && reaches[here + width + 1] === 1
      if (stays || leaves) reaches[here] = 1
    }
  }
  return (index, position) => reaches[index * width + position] === 1
}

function takes(step: Step, char: string | undefined): boolean {
  if (char === undefined) return false
  return step.type === 'char' ? step.char === char : step.across || char !== '/'
}
