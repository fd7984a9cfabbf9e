import { BatchwiseError } from '../errors.ts'
import { type Draft, triggersOf } from './draft.ts'
import { shownName } from './escape-text.ts'
import { type KeyPattern, parseKeyPattern } from './key-pattern.ts'
import { patternsOverlap } from './pattern-overlap.ts'
import type { Problem } from './problem.ts'

/** What `${trigger.NAME}` has for every object, beside its captures. */
export const OBJECT_NAMES = ['bucket', 'key', 'uri', 'size', 'etag', 'versionId', 'time'] as const

/** E114, E151, E152 and W152: the kind of triggers, key patterns, and triggers that one object fires twice. */
export function* checkTriggers(draft: Draft): Generator<Problem> {
  yield* checkKinds(draft)
  const readable: { readonly index: number; readonly bucket: string; readonly pattern: KeyPattern }[] = []
  for (const [index, object] of triggersOf(draft, 'object')) {
    const path = ['triggers', index, 'object', 'key']
    const pattern = readPattern(object.key)
    if (pattern instanceof BatchwiseError) {
      yield malformedPattern(path, object.key, pattern)
      continue
    }
    const taken = pattern.captures.find(name => OBJECT_NAMES.some(known => known === name))
    if (taken !== undefined) {
      const message = `The capture ${shownName(`{${taken}}`)} hides \`\${trigger.${taken}}\`, which every object has.`
      yield { code: 'E151', path, message, mend: 'Give the capture another name.' }
    }
    for (const earlier of readable) {
      if (earlier.bucket !== object.bucket || !patternsOverlap(earlier.pattern, pattern)) continue
      yield overlap(path, index, earlier.index, earlier.pattern.text === pattern.text)
      break
    }
    readable.push({ index, bucket: object.bucket, pattern })
  }
}

function* checkKinds({ file }: Draft): Generator<Problem> {
  for (const [index, trigger] of (file.triggers ?? []).entries()) {
    const kinds = Object.keys(trigger)
    if (kinds.length === 1) continue
    const message =
      kinds.length === 0 ? 'The trigger is empty.' : `One trigger is several: ${kinds.join(', ')}.`
    const mend = 'Write one of object, schedule, event and after; give each its own `-`.'
    yield { code: 'E114', path: ['triggers', index], message, mend }
  }
}

/** The key pattern, or what is wrong with it. */
export function readPattern(key: string): KeyPattern | BatchwiseError {
  try {
    return parseKeyPattern(key)
  } catch (error) {
    if (error instanceof BatchwiseError) return error // becomes a problem with its place
    throw error
  }
}

function malformedPattern(path: readonly (string | number)[], key: string, error: BatchwiseError): Problem {
  const start = Number(error.ids['offset'])
  const at = { value: { start, end: start + Number(error.ids['length']) } }
  if (key[start - 1] === '$') {
    const message = 'A key pattern cannot hold a look-up.'
    return { code: 'E151', path, at, message, mend: 'Capture it with `{name}`, or pass over it with `*`.' }
  }
  const [, what = error.message, mend = ''] =
    /^Key pattern "[\s\S]*": (.*?\.) (.*)$/s.exec(error.message) ?? []
  return { code: 'E151', path, at, message: `In the key pattern ${what}`, mend }
}

function overlap(
  path: readonly (string | number)[],
  index: number,
  earlier: number,
  equal: boolean,
): Problem {
  const pair = `triggers[${earlier}] and triggers[${index}]`
  if (equal) return { code: 'E152', path, message: `${pair} are equal.`, mend: 'Keep one of them.' }
  const message = `One object can fire both ${pair}; the first one counts.`
  return { code: 'W152', path, message, mend: 'Make the keys differ, or put the more special one first.' }
}
