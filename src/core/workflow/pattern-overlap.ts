import type { KeyPattern, Step } from './key-pattern.ts'

/** Whether some key matches both patterns. Searches pairs of steps: pattern length times pattern length at most. */
export function patternsOverlap(one: KeyPattern, other: KeyPattern): boolean {
  if (!headsAgree(one.literalHead, other.literalHead)) return false
  const width = other.steps.length + 1
  const last = (one.steps.length + 1) * width - 1
  const seen = new Uint8Array(last + 1)
  const open = [0]
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    if (pair === last) return true
    if (seen[pair] === 1) continue
    seen[pair] = 1
    const left = one.steps[Math.floor(pair / width)]
    const right = other.steps[pair % width]
    open.push(...successors(pair, width, left, right))
  }
  return false
}

function headsAgree(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one)
}

/** The pairs reached by leaving a `many` step, or by one character that both sides take. */
function successors(pair: number, width: number, left: Step | undefined, right: Step | undefined): number[] {
  const next: number[] = []
  if (left?.type === 'many') next.push(pair + width)
  if (right?.type === 'many') next.push(pair + 1)
  if (left && right && shareCharacter(left, right)) {
    next.push(pair + (left.type === 'many' ? 0 : width) + (right.type === 'many' ? 0 : 1))
  }
  return next
}

function shareCharacter(left: Step, right: Step): boolean {
  if (left.type === 'char')
    return right.type === 'char' ? left.char === right.char : takesChar(right, left.char)
  return right.type === 'char' ? takesChar(left, right.char) : true
}

function takesChar(step: Exclude<Step, { type: 'char' }>, char: string): boolean {
  return step.across || char !== '/'
}
