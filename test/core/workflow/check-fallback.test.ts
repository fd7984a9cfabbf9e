import { describe, expect, it } from 'vitest'
import { existing, faults, jobs, table } from './workflow-text.ts'

const OTHER = '"${stack.highQueue}"'
const fallback = (more = '') => `{ afterSpot: 2, jobQueue: ${OTHER} }${more}`

describe('fallback', () => {
  table([
    [
      'E139 of an array',
      jobs(`a: { ${existing}, array: 5, fallback: ${fallback()} }`),
      ['E139 3 jobs.a.fallback «fallback»'],
      '`a` is an array, and AWS Batch does not say',
    ],
    [
      'E139 to the same queue',
      jobs(`a: { ${existing}, jobQueue: ${OTHER}, fallback: ${fallback()} }`),
      [`E139 3 jobs.a.fallback.jobQueue «${OTHER}»`],
      'is its own queue',
    ],
    [
      'E134 with more rules than Batch takes',
      jobs(`a: { ${existing}, retry: { attempts: 3, on: [imagePull, oom, 137] }, fallback: ${fallback()} }`),
      ['E134 3 jobs.a.fallback «fallback»'],
      'makes 6 rules',
    ],
    [
      'E114 to no queue',
      jobs(`a: { ${existing}, fallback: { afterSpot: 1, jobQueue: "on demand" } }`),
      ['E114 3 jobs.a.fallback.jobQueue «"on demand"»'],
      'is no name or ARN of a job queue',
    ],
  ])

  it.each([
    fallback(),
    fallback(', retry: { attempts: 3, on: [spot, oom, 137] }'),
    fallback(', retry: { attempts: 2 }'),
  ])('takes %s', written => expect(faults(jobs(`a: { ${existing}, fallback: ${written} }`))).toEqual([]))
})
