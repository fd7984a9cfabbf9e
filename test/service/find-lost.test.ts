import { expect, it } from 'vitest'
import { jobKey } from '../../src/core/run/item-write.ts'
import { winWrite } from '../../src/core/run/job-writes.ts'
import { takeOver } from '../../src/service/find-lost.ts'
import { definitionOf, NOW, recordOf, runOf } from '../core/run/given.ts'
import { memoryService } from './memory-service.ts'

/** A submission whose answers were lost: Batch has two jobs of it, and their containers may ask for the place. */
it.each([
  ['the earliest, if nobody has the place', undefined, 'first', ['second']],
  ['whoever took the place while it looked', 'second', 'second', ['first']],
])('takes %s, and stops the others', async (_title, fenced, winner, stopped) => {
  const definition = definitionOf({ a: {} })
  const { service, items } = memoryService([definition])
  const run = runOf({ definition: definition.hash })
  const claim = { token: 't', until: NOW - 1 }
  const { jobId: _none, ...record } = recordOf('a', { state: 'CLAIMED', claim, ambiguous: true, queue: 'q' })
  items.set(`${jobKey(run.runId, 'a').pk} ${jobKey(run.runId, 'a').sk}`, { ...record })
  const terminated: string[] = []
  const batch = {
    ...service.batch,
    list: async () => {
      if (fenced !== undefined) await service.store.write(winWrite(record, fenced, undefined, NOW))
      return ['first', 'second'].map(jobId => ({ jobId, createdAt: NOW }))
    },
    terminate: async (jobId: string) => void terminated.push(jobId),
  }
  const snapshot = { run, definition, jobs: new Map([['a', record]]) }
  const taken = await takeOver({ ...service, batch }, snapshot, record)
  expect(taken).toMatchObject({ jobId: winner, state: 'SUBMITTED' })
  expect(terminated).toEqual(stopped)
})
