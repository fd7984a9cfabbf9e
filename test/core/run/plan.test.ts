import { describe, expect, it } from 'vitest'
import { planRun } from '../../../src/core/run/plan.ts'
import type { Workflow } from '../../../src/core/workflow/workflow.ts'
import { definitionOf, type Graph, runOf } from './given.ts'

const planOf = (graph: Graph, differences: Partial<Workflow> = {}) =>
  planRun(runOf({ dueAt: 0 }), definitionOf(graph, differences), 'test').jobs

describe('a plan', () => {
  it.each<[string, Graph, Partial<Workflow>, string, string | RegExp]>([
    [
      'lets Batch wait for success',
      { a: {}, b: 'a' },
      {},
      'native',
      'AWS Batch starts it when a has succeeded',
    ],
    [
      'lets Batch pair the children of two arrays',
      {
        a: { array: { type: 'size', size: 3 } },
        b: { array: { type: 'size', size: 3 }, dependsOn: [{ job: 'a', type: 'N_TO_N' }] },
      },
      {},
      'native',
      /each child when its own child of a/,
    ],
    [
      'chains by events what must run after a failure',
      { a: {}, b: { dependsOn: [{ job: 'a' }], when: 'failure' } },
      {},
      'event',
      /`when: failure`/,
    ],
    [
      'chains by events what has its items read later',
      { a: {}, b: { dependsOn: [{ job: 'a' }], array: { type: 'lines', uri: '${run.output}/list' } } },
      {},
      'event',
      'its items are read when its dependencies have ended',
    ],
    [
      'chains by events where the workflow says so',
      { a: {}, b: 'a' },
      { chaining: 'event' },
      'event',
      /`chaining: event`/,
    ],
    [
      'chains by events what stands behind such a job',
      { x: {}, a: { dependsOn: [{ job: 'x' }], when: 'always' }, b: 'a' },
      {},
      'event',
      'a is itself submitted by an event',
    ],
    [
      'chains by events more than 20 dependencies',
      {
        ...Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`j${index}`, {}])),
        a: {},
        b: [...Array.from({ length: 21 }, (_, index) => `j${index}`), 'a'],
      },
      {},
      'event',
      /at most 20 dependencies/,
    ],
  ])('%s', (_title, graph, differences, kind, why) => {
    const edge = planOf(graph, differences)
      .find(({ job }) => job === 'b')
      ?.edges.find(({ on }) => on === 'a')
    expect(edge?.kind).toBe(kind)
    if (typeof why === 'string') expect(edge?.why).toBe(why)
    else expect(edge?.why).toMatch(why)
  })

  it('has a request for every job, in the order of submission, with its bytes', () => {
    const jobs = planOf({ c: 'b', b: 'a', a: {} })
    expect(jobs.map(({ job }) => job)).toEqual(['a', 'b', 'c'])
    for (const { request, requestBytes, overridesBytes } of jobs) {
      expect(requestBytes).toBe(Buffer.byteLength(JSON.stringify(request)))
      expect(overridesBytes).toBe(Buffer.byteLength(JSON.stringify(request?.containerOverrides)))
    }
  })

  it('has a problem where nobody knows from where items come', () => {
    const [job] = planOf({ a: { array: { type: 'lines', uri: '${trigger.objects}' } } })
    expect(job).toMatchObject({
      problem: expect.stringContaining('trigger.objects'),
      lookUp: 'trigger.objects',
    })
  })

  it('has a problem in place of a request that cannot be made', () => {
    const [job] = planOf({ a: { command: ['x', '${trigger.key}'] } })
    expect(job).toMatchObject({ job: 'a', problem: expect.stringContaining('trigger.key') })
    expect(job?.request).toBeUndefined()
  })

  it('submits nothing for an array of no items', () => {
    const [job] = planOf({ a: { array: { type: 'items', items: [] } } })
    expect(job).toMatchObject({ children: 0, requestBytes: 0 })
    expect(job?.problem).toBeUndefined()
  })

  it('says where items are read from, and asks nobody how many there are', () => {
    const [planned] = planOf({ a: { array: { type: 'objects', uri: '${run.output}/parts/' } } })
    expect(planned).toMatchObject({ itemsFrom: expect.stringMatching(/^s3:\/\/out\/w\/\w+\/parts\/$/) })
    expect(planned).not.toHaveProperty('children')
    expect(planned?.request).not.toHaveProperty('arrayProperties')
  })
})
