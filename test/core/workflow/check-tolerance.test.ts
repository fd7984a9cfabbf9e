import { describe, expect, it } from 'vitest'
import { existing, faults, jobs, table } from './workflow-text.ts'

describe('tolerate', () => {
  table([
    ...[['-1'], ['1.5'], ['100%'], ['"5 %"'], ['many']].map(
      ([tolerate]) =>
        [
          `E133 ${tolerate}`,
          jobs(`a: { ${existing}, array: 5, tolerate: ${tolerate} }`),
          [`E133 3 jobs.a.tolerate «${tolerate}»`],
          'is no number of children',
        ] as const,
    ),
    [
      'E133 without an array',
      jobs(`a: { ${existing}, tolerate: 5% }`),
      ['E133 3 jobs.a.tolerate «5%»'],
      '`a` is no array',
    ],
  ])

  it.each(['0', '3', '5%', '0.5%'])('takes %s', tolerate => {
    expect(faults(jobs(`a: { ${existing}, array: 5, tolerate: ${tolerate} }`))).toEqual([])
  })
})
