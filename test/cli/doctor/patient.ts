import type { ClientTarget } from '../../../src/aws/client-target.ts'
import type { DescribedQueue } from '../../../src/aws/queue-reader.ts'
import type { Patient } from '../../../src/cli/doctor/check.ts'
import type { Definition } from '../../../src/core/run/definition.ts'
import type { ToldRecord } from '../../../src/core/stuck/queue-record.ts'
import type { QueuePort, RunStore } from '../../../src/ports.ts'
import { definitionOf } from '../../core/run/given.ts'

export const NOW = Date.parse('2026-11-21T02:00:00Z')

export const queue = (name: string, differences: Partial<DescribedQueue> = {}): DescribedQueue => ({
  name,
  isEnabled: true,
  isValid: true,
  statusReason: '',
  environments: [],
  ...differences,
})

interface PatientFacts {
  readonly target?: ClientTarget
  readonly queues?: readonly DescribedQueue[]
  readonly waiting?: QueuePort
  readonly definitions?: readonly Definition[]
  /** What alerts have recorded of a queue. */
  readonly told?: ToldRecord
  readonly isLocal?: boolean
}

/** The stage dev, whose newest runs use the queue `default`. */
export function patientOf({
  target = {},
  queues = [],
  waiting = unasked(),
  definitions = [definitionOf({ a: {} })],
  told,
  isLocal = false,
}: PatientFacts): Patient {
  const resources = { table: 't', topic: 'topic', inputBucket: 'inputs', outputBucket: 'outputs' }
  return {
    connection: {
      names: { stage: 'dev', stackName: 'batchwise-dev', bus: 'batchwise-dev' },
      target,
      place: 'stage dev',
      isLocal,
      dataFolder: '',
      resources: () => Promise.resolve(resources),
    },
    table: {
      store: { readItem: async () => told } as Partial<RunStore> as RunStore,
      runs: unasked(),
      find: () => Promise.reject(new Error('not asked')),
    },
    batch: unasked(),
    waiting,
    queues: { queues: async () => queues, names: async () => queues.map(({ name }) => name) },
    definitions,
    now: NOW,
  }
}

function unasked<Port extends object>(): Port {
  return new Proxy({} as Port, {
    get: (_target, name) => {
      throw new Error(`${String(name)} is not asked`)
    },
  })
}
