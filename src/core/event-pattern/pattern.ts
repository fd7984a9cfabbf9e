import type { Leaf } from './leaf-matcher.ts'
import { leafValues } from './leaf-value.ts'
import { alternativesOf, type Branch } from './pattern-tree.ts'

/**
 * Compiles an event pattern as EventBridge understands it: fields that are named must be there and hold one of the
 * listed values; all others are free. Fields under one array must hold in one and the same element of it.
 *
 * Follows aws/event-ruler, the matcher AWS publishes. Where the order of names decides there (`exists: false` beside
 * other fields of an array's elements), it means here: absent from the element in which the other fields hold, and
 * from all elements if no other field says which.
 *
 * @throws BatchwiseError E_EVENT_PATTERN for what EventBridge refuses
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * @example
 * const isNewCsv = compilePattern({ source: ['aws.s3'], detail: { object: { key: [{ suffix: '.csv' }] } } })
 */
export function compilePattern(pattern: unknown): (event: object) => boolean {
  const alternatives = alternativesOf(pattern)
  return event => alternatives.some(alternative => verdictOnBranch(alternative, event) !== 'no')
}

/** `absent`: all fields allow to be missing, and are; `present`: the pattern holds, by at least one value. */
type Verdict = 'no' | 'absent' | 'present'

function verdictOn(node: Branch | Leaf, value: unknown): Verdict {
  return node.type === 'leaf' ? verdictOnLeaf(node, value) : verdictOnBranch(node, value)
}

function verdictOnBranch(branch: Branch, value: unknown): Verdict {
  if (Array.isArray(value)) return verdictOnElements(branch, value)
  const members = typeof value === 'object' && value !== null ? value : {}
  let verdict: Verdict = 'absent'
  for (const [name, node] of branch.fields) {
    const member = Object.hasOwn(members, name) ? (members as Record<string, unknown>)[name] : undefined
    const one = verdictOn(node, member)
    if (one === 'no') return 'no'
    if (one === 'present') verdict = 'present'
  }
  return verdict
}

function verdictOnElements(branch: Branch, elements: readonly unknown[]): Verdict {
  let verdict: Verdict = elements.length === 0 ? verdictOnBranch(branch, undefined) : 'absent'
  for (const element of elements) {
    const one = verdictOnBranch(branch, element)
    if (one === 'present') return 'present'
    if (one === 'no') verdict = 'no'
  }
  return verdict
}

function verdictOnLeaf(leaf: Leaf, value: unknown): Verdict {
  let found = false
  for (const each of leafValues(value)) {
    found = true
    if (leaf.matchers.some(matches => matches(each))) return 'present'
  }
  return !found && leaf.mayBeAbsent ? 'absent' : 'no'
}
