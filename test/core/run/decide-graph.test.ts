import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../../../src/core/run/decide.ts'
import { viewJobs } from '../../../src/core/run/job-view.ts'
import { given, NOW, TIMES } from './given.ts'

describe('the graph', () => {
  const graphs = fc
    .integer({ min: 1, max: 12 })
    .chain(size =>
      fc
        .array(fc.array(fc.nat({ max: size - 1 }), { maxLength: 4 }), { minLength: size, maxLength: size })
        .map(edges =>
          Object.fromEntries(
            edges.map((parents, index) => [
              `j${index}`,
              [...new Set(parents.filter(parent => parent < index).map(parent => `j${parent}`))],
            ]),
          ),
        ),
    )

  it('always ends: running what is decided, with any job failing, leads to a final run with no job submitted twice', () => {
    fc.assert(
      fc.property(
        graphs,
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        fc.boolean(),
        (graph, fails, native) => {
          const records: Record<string, { state: 'SUBMITTED' | 'SUCCEEDED' | 'FAILED' }> = {}
          for (let round = 0; round < 40; round++) {
            const snapshot = given(graph, records, {}, { chaining: native ? 'auto' : 'event' })
            const commands = decide(snapshot, TIMES, NOW)
            const end = commands.find(command => command.type === 'finish')
            if (end) {
              const failed = Object.values(records).some(record => record.state === 'FAILED')
              expect(end).toEqual({ type: 'finish', status: failed ? 'FAILED' : 'SUCCEEDED' })
              return
            }
            for (const command of commands) {
              if (command.type !== 'submit') throw new Error(`unexpected ${command.type}`)
              expect(records[command.job]).toBeUndefined()
              records[command.job] = { state: 'SUBMITTED' }
            }
            for (const view of viewJobs(given(graph, records)).values()) {
              const parents = view.job.dependsOn.map(({ job }) => records[job]?.state)
              if (view.state !== 'SUBMITTED' || parents.some(state => state === 'SUBMITTED')) continue
              const broken = parents.includes('FAILED') || fails[Number(view.name.slice(1))]
              records[view.name] = { state: broken ? 'FAILED' : 'SUCCEEDED' }
            }
          }
          throw new Error('the run never ended')
        },
      ),
    )
  })
})
