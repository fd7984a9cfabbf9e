import { describe, expect, it } from 'vitest'
import { readWorkflows } from '../../../src/core/workflow/read-workflows.ts'
import { existing } from './workflow-text.ts'

const endOf = (workflow: string) => `after: { workflow: ${workflow} }`
const object = (key: string, bucket = '${stack.outputBucket}') =>
  `object: { bucket: "${bucket}", key: "${key}" }`

/** Codes, files and messages over workflows that are given by name with their triggers. */
function found(triggers: Readonly<Record<string, readonly string[]>>): readonly string[] {
  const files = Object.entries(triggers).map(([name, list]) => ({
    file: name,
    text: `workflow: ${name}\ntriggers: [${list.map(text => `{ ${text} }`).join(', ')}]\njobs: { a: { ${existing} } }`,
  }))
  const { diagnostics } = readWorkflows(files, { stackNames: ['outputBucket', 'inputBucket'] })
  return diagnostics.map(({ code, file, path, message }) => `${code} ${file} ${path}: ${message}`)
}

describe('chains of workflows', () => {
  it.each<[string, Record<string, string[]>, string[]]>([
    ['a chain is none', { a: [], b: [endOf('a')], c: [endOf('b'), object('b/{run}/x.json')] }, []],
    [
      'E150 a workflow after itself',
      { a: [endOf('a')] },
      ['E150 a triggers[0].after: The runs would start each other for ever: `a` -> `a`.'],
    ],
    [
      'E150 a ring, told at each of its triggers',
      { a: [endOf('c')], b: [endOf('a')], c: [endOf('b')], d: [endOf('a')] },
      [
        'E150 a triggers[0].after: The runs would start each other for ever: `c` -> `a` -> `b` -> `c`.',
        'E150 b triggers[0].after: The runs would start each other for ever: `a` -> `b` -> `c` -> `a`.',
        'E150 c triggers[0].after: The runs would start each other for ever: `b` -> `c` -> `a` -> `b`.',
      ],
    ],
    [
      'E150 its own results',
      { a: [object('{x...}/report.json')] },
      ['E150 a triggers[0].object: The runs would start each other for ever: `a` -> `a`.'],
    ],
    [
      'E150 results and ends mixed',
      { a: [object('b/{run}/x')], b: [endOf('a')] },
      [
        'E150 a triggers[0].object: The runs would start each other for ever: `b` -> `a` -> `b`.',
        'E150 b triggers[0].after: The runs would start each other for ever: `a` -> `b` -> `a`.',
      ],
    ],
    [
      'results elsewhere, and other buckets, are none',
      { a: [object('b/{x...}'), object('a/{x...}', '${stack.inputBucket}')], b: [] },
      [],
    ],
    [
      'E153 an unknown workflow',
      { nightly: [], b: [endOf('nightl')] },
      ['E153 b triggers[0].after.workflow: There is no workflow `nightl`.'],
    ],
  ])('%s', (_title, triggers, expected) => expect(found(triggers)).toEqual(expected))

  it('knows a workflow whose file has faults', () => {
    expect(found({ a: [endOf('a b')], b: [endOf('a')] }).filter(line => line.startsWith('E153 b'))).toEqual(
      [],
    )
  })
})
