import type { ObjectCreated } from '../../src/core/event/object-created.ts'
import type { Collect } from '../../src/core/workflow/workflow.ts'
import { advance } from '../../src/service/advance.ts'
import { startFromObject } from '../../src/service/start-from-object.ts'
import { definitionOf } from '../core/run/given.ts'
import { memoryService } from './memory-service.ts'

const PAIR: Collect = {
  by: '${trigger.run}/${trigger.sample}',
  until: { type: 'count', count: 2 },
  deadline: 3600,
  onDeadline: 'alert',
  late: 'alert',
}

/** A service with a workflow that gathers pairs of objects. */
export function given(collect: Partial<Collect> = {}, key = 'runs/{run}/{sample}_R{read}.gz') {
  const trigger = { type: 'object', bucket: 'in', key, minSize: 1, collect: { ...PAIR, ...collect } } as const
  const memory = memoryService([
    definitionOf({ a: { command: ['x', '${trigger.objects}'] } }, { triggers: [trigger] }),
  ])
  const { service, clock, stored: manifests } = memory
  let version = 0
  return {
    ...memory,
    manifests,
    async put(key: string, differences: Partial<ObjectCreated> = {}): Promise<ObjectCreated> {
      const object = { bucket: 'in', key, size: 5, time: '', etag: `e${++version}`, ...differences }
      await startFromObject(service, object)
      return object
    },
    again: (object: ObjectCreated) => startFromObject(service, object),
    async sweep(seconds = 0): Promise<void> {
      clock.time += seconds * 1000
      for (const { runId } of memory.runs()) await advance(service, runId, () => 30_000)
    },
    statuses: () => memory.runs().map(({ status }) => status),
    /** The keys of each manifest. */
    sets: () =>
      [...manifests.values()].map(text =>
        text
          .split('\n')
          .filter(line => line !== '')
          .map(line => JSON.parse(line).key as string),
      ),
  }
}
