import { randomBytes } from 'node:crypto'
import type { EventPort, Ids, JobLogPort, ObjectPort, StateMachinePort } from '../../ports.ts'
import type { Service } from '../../service/service.ts'
import { createTokenBucket } from '../../service/token-bucket.ts'
import { createBatch } from '../batch-adapter.ts'
import { patientBatchClient, submitClient } from '../batch-clients.ts'
import type { ClientTarget } from '../client-target.ts'
import { createEvents } from '../event-adapter.ts'
import { createJobLogs } from '../job-log-adapter.ts'
import { alertsWhenNeeded } from './alerts-when-needed.ts'
import { whenNeeded } from './client-when-needed.ts'
import { once } from './once.ts'
import { createRecorder } from './recorder.ts'
import { systemClock } from './starter.ts'
import { tasksWhenNeeded } from './tasks-when-needed.ts'

/** Everything: for the one function that submits. */
export const submitter: () => Service = once((settings, target) => ({
  ...createRecorder(settings, target),
  batch: createBatch(submitClient(target), patientBatchClient(target)),
  stateMachines: stateMachinesWhenNeeded(target),
  tasks: tasksWhenNeeded(target),
  alerts: alertsWhenNeeded(target, settings.topicArn),
  events: eventsWhenNeeded(target, settings.bus),
  objects: objectsWhenNeeded(target),
  jobLogs: jobLogsWhenNeeded(target, settings.logGroup),
  ids: randomIds,
  submitRate: createTokenBucket(settings.submitRate, systemClock),
}))

const randomIds: Ids = { token: () => randomBytes(12).toString('base64url'), jitter: () => Math.random() }

/** Few workflows have executions among their jobs: the client is not even in the function's bundle. */
function stateMachinesWhenNeeded(target: ClientTarget): StateMachinePort {
  const load = whenNeeded(async () => {
    const { createStateMachines } = await import('../state-machine-adapter.ts')
    return createStateMachines(target)
  })
  return {
    start: async request => (await load()).start(request),
    describe: async executionArn => (await load()).describe(executionArn),
    stop: async (executionArn, reason) => (await load()).stop(executionArn, reason),
  }
}

/** An event is due when a run ends: the client is made with the first. */
function eventsWhenNeeded(target: ClientTarget, bus: string): EventPort {
  let events: EventPort | undefined
  return {
    put(detailType, detail) {
      events ??= createEvents(target, bus)
      return events.put(detailType, detail)
    },
  }
}

/** As for alerts, which show the last lines of a log. */
function jobLogsWhenNeeded(target: ClientTarget, logGroup: string): JobLogPort {
  let logs: JobLogPort | undefined
  return {
    lastLines(logStream, count) {
      logs ??= createJobLogs(target, logGroup)
      return logs.lastLines(logStream, count)
    },
  }
}

/** Only arrays of items and sets need objects. */
function objectsWhenNeeded(target: ClientTarget): ObjectPort {
  const load = whenNeeded(async () => {
    const { createObjects } = await import('../object-adapter.ts')
    return createObjects(target)
  })
  return {
    create: async (uri, body) => (await load()).create(uri, body),
    read: async (...object) => (await load()).read(...object),
    list: async (uri, most) => (await load()).list(uri, most),
  }
}
