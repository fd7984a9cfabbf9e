import { describe, expect, it } from 'vitest'
import { faults, keys, table } from './workflow-text.ts'

describe('triggers', () => {
  table([
    [
      'E151 a brace alone',
      keys(['in/{x']),
      ['E151 2 triggers[0].object.key «{»'],
      '`{` has no partner. Write captures as `{name}`.',
    ],
    [
      'E151 a look-up',
      keys(['${stack.inputBucket}/x']),
      ['E151 2 triggers[0].object.key «{stack.inputBucket}»'],
      'cannot hold a look-up',
    ],
    [
      'E151 a capture that hides what every object has',
      keys(['in/{size}']),
      ['E151 2 triggers[0].object.key «"in/{size}"»'],
      'hides `${trigger.size}`',
    ],
    [
      'E152 two equal triggers',
      keys(['in/{x}', 'in/{x}']),
      ['E152 3 triggers[1].object.key «"in/{x}"»'],
      'triggers[0] and triggers[1] are equal',
    ],
    [
      'W152 two triggers one object fires',
      keys(['in/{x}.csv', 'in/a{y}']),
      ['W152 3 triggers[1].object.key «"in/a{y}"»'],
      'the first one counts',
    ],
  ])
  it('takes triggers of other keys and other buckets', () => {
    expect(faults(keys(['in/{x}.csv', 'in/{x}.json']))).toEqual([])
    expect(
      faults(keys(['in/{x}']).replace('workflow', '  - { object: { bucket: c, key: "in/{x}" } }\nworkflow')),
    ).toEqual([])
  })
})
