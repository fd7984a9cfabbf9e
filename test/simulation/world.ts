import { isOfStepFunctions } from '../../src/core/run/job-name.ts'
import { createBusModel } from './aws/bus-model.ts'
import { createCalls } from './aws/calls.ts'
import type { FunctionName } from './aws/handlers.ts'
import { createLambda, type Lambda } from './aws/lambda.ts'
import type { ObjectModel } from './aws/object-model.ts'
import { createService, type Models } from './aws/ports.ts'
import { createQueueModel, type QueueModel } from './aws/queue-model.ts'
import { createScheduleModel } from './aws/schedule-model.ts'
import { createStoreModel, type StoreModel } from './aws/store-model.ts'
import { type BatchJob, eventOf } from './batch/batch-job.ts'
import { type BatchModel, createBatchModel } from './batch/batch-model.ts'
import { executionEvent } from './batch/execution.ts'
import type { Faults } from './faults.ts'
import { createFence } from './fence/fence.ts'
import { checkBatch } from './invariants/check-batch.ts'
import { checkErrors } from './invariants/check-errors.ts'
import { checkItems } from './invariants/check-items.ts'
import { checkLimits } from './invariants/check-limits.ts'
import { checkPromptness } from './invariants/check-promptness.ts'
import { checkSubmissions } from './invariants/check-submissions.ts'
import { createLedger, keepLedger, type Ledger } from './invariants/ledger.ts'
import { createWatch, type Report, type Watch } from './invariants/watch.ts'
import { isFaultless, type Profile } from './profile.ts'
import { chosen } from './random.ts'
import { type Scheduler, START } from './scheduler.ts'
import type { Note } from './trace.ts'
import { createUsers } from './workload/users.ts'
import { STACK, type Trigger, type Workload } from './workload/workload.ts'

export interface WorldInput {
  readonly seed: number
  readonly profile: Profile
  readonly workload: Workload
  /** Queues may be long: nothing is late by itself. */
  readonly isCrowded: boolean
  readonly times: { readonly lease: number; readonly settle: number }
  readonly scheduler: Scheduler
  readonly faults: Faults
  readonly note: Note
  readonly report: Report
  /** Called for each call of a port. */
  readonly counted: (port: string, functionName: FunctionName) => void
  /** Called after each write of an item of a run. */
  readonly wrote: (runId: string) => void
}

/** A simulated AWS with the real functions on it. */
export interface World {
  readonly store: StoreModel
  readonly batch: BatchModel
  readonly lambda: Lambda
  readonly ledger: Ledger
  /** An upload, a request by a person or program, or the moment of a schedule. */
  trigger(type: Trigger['type'], body: string): void
  readonly objects: ObjectModel
  deadLetters(): readonly string[]
  /** Something is under way, or owed. */
  isBusy(): boolean
}

const INDEX_LAG = 7001
const CHILD_EVENT = 7002
/** For one `advance` function, of two: as `settings.ts` has it. */
const SUBMIT_RATE = 22

export function createWorld(input: WorldInput): World {
  const { seed, profile, workload, times, scheduler, faults, note, report } = input
  const ledger = createLedger()
  let putEvents = 0
  const bus = createBusModel(seed, scheduler, faults, profile, note)
  const queues = createQueues(input, () => lambda)
  const users = createUsers(seed, scheduler, profile, (type, detail) =>
    bus.emit(queues.requests.send, JSON.stringify({ 'detail-type': type, detail }), false),
  )
  const { beyondBounds } = profile
  const log = { stack: STACK, batch: () => batch, store: () => store, ledger, beyondBounds, report }
  const writer = () => watch.writer
  const watch: Watch = createWatch([
    checkItems(report),
    checkSubmissions({ ...log, scheduler, profile, lease: times.lease }),
    checkBatch({ ...log, isFaultless: isFaultless(profile) }),
    checkLimits({ report, isFaultless: isFaultless(profile) }),
    checkErrors(() => batch, report),
    ...(isFaultless(profile) && !input.isCrowded ? [checkPromptness({ ...log, scheduler, writer })] : []),
    keepLedger(ledger, scheduler, log.batch, writer),
    users,
    {
      changed: job => emitChange(job),
      wroteRun: (_before, { runId }) => input.wrote(runId),
      wroteJob: (_before, { runId }) => input.wrote(runId),
    },
  ])
  const store: StoreModel = createStoreModel(scheduler, watch, indexLag(seed, profile))
  const batch: BatchModel = createBatchModel({
    ...{ seed, scheduler, faults, profile, watch },
    fence: profile.isFenced ? createFence(() => store, scheduler.now) : undefined,
  })
  const objects: ObjectModel = { texts: new Map() }
  const models: Models = {
    ...{
      seed,
      profile,
      scheduler,
      store,
      batch,
      objects,
      watch,
      times,
      stack: STACK,
      submitRate: SUBMIT_RATE,
    },
    call: createCalls(input),
    putEvent: (type, detail) =>
      bus.emit(
        queues.events.send,
        JSON.stringify({ id: `event-${++putEvents}`, source: 'batchwise', 'detail-type': type, detail }),
        false,
      ),
    sendAdvance: (runId, delay) => queues.advances.send(JSON.stringify({ runId }), delay),
    definitions: () => (scheduler.now() - START < workload.deployAt ? workload.definitions : workload.later),
  }
  const lambda = createLambda(scheduler, profile, note, (environment, number, functionName) =>
    createService(models, environment, number, functionName),
  )
  const schedules = createScheduleModel(seed, scheduler, profile, () => lambda, report)
  const all = Object.values(queues)
  return {
    ...{ store, batch, lambda, ledger, objects },
    trigger(type, body) {
      if (type === 'firing') schedules.fire(JSON.parse(body) as object)
      else bus.emit(type === 'object' ? queues.uploads.send : queues.requests.send, body, false)
    },
    deadLetters: () => [
      ...all.flatMap(({ deadLetters }) => deadLetters),
      ...schedules.givenUp.map(event => JSON.stringify(event)),
    ],
    isBusy: () =>
      store.unsettled() > 0 ||
      batch.alive() > 0 ||
      lambda.running() > 0 ||
      bus.underWay() > 0 ||
      schedules.underWay() > 0 ||
      users.planned() > 0 ||
      all.some(queue => queue.pending() > 0),
  }

  /** A child's event is filtered out by the rule; now and then one comes through. */
  function emitChange(job: BatchJob): void {
    const isChild = job.parent !== undefined
    if (isChild && chosen(seed, CHILD_EVENT, job.number, 0) >= profile.event.children) return
    note(() => `batch ${job.jobId} (${job.jobName}) is ${job.status} ${job.statusReason ?? ''}`)
    const event = isOfStepFunctions(job.jobId) ? executionEvent(job) : eventOf(job)
    bus.emit(queues.changes.send, event, true)
  }
}

function createQueues({ scheduler, faults, note, profile }: WorldInput, lambda: () => Lambda) {
  let messages = 0
  const nextMessage = () => ++messages
  const create = (functionName: FunctionName): QueueModel =>
    createQueueModel(functionName, {
      ...{ scheduler, faults, note, lambda, nextMessage },
      redelivery: profile.redelivery,
    })
  return {
    advances: create('advance'),
    changes: create('on-job-state-change'),
    events: create('on-event'),
    uploads: create('on-object-created'),
    requests: create('on-request'),
  }
}

function indexLag(seed: number, profile: Profile): (write: number) => number {
  return write => (profile.indexLag === 0 ? 0 : chosen(seed, INDEX_LAG, write, 0) * profile.indexLag)
}
