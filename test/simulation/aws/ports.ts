import type { Definition } from '../../../src/core/run/definition.ts'
import type { ItemWrite } from '../../../src/core/run/item-write.ts'
import type { JobRecord } from '../../../src/core/run/job-record.ts'
import type { Run } from '../../../src/core/run/run.ts'
import type {
  AdvanceQueue,
  AlertPort,
  BatchPort,
  Clock,
  EventPort,
  Ids,
  QueuePort,
  RunStore,
} from '../../../src/ports.ts'
import type { Service, Watcher } from '../../../src/service/service.ts'
import { createTokenBucket } from '../../../src/service/token-bucket.ts'
import type { BatchModel } from '../batch/batch-model.ts'
import type { Watch } from '../invariants/watch.ts'
import type { Profile } from '../profile.ts'
import { chosen } from '../random.ts'
import type { Scheduler } from '../scheduler.ts'
import { type Calls, NoAnswer } from './calls.ts'
import type { FunctionName } from './handlers.ts'
import type { Environment, Invocation } from './lambda.ts'
import { type ObjectModel, objectPort } from './object-model.ts'
import { stateMachinePort } from './state-machine-port.ts'
import type { StoreModel } from './store-model.ts'

/** What stands behind the ports of every environment. */
export interface Models {
  readonly seed: number
  readonly profile: Profile
  readonly scheduler: Scheduler
  readonly call: Calls
  readonly store: StoreModel
  readonly batch: BatchModel
  readonly objects: ObjectModel
  readonly sendAdvance: (runId: string, delaySeconds: number | undefined) => void
  readonly putEvent: (detailType: string, detail: object) => void
  readonly watch: Watch
  readonly definitions: () => readonly Definition[]
  readonly stack: string
  readonly times: { readonly lease: number; readonly settle: number }
  readonly submitRate: number
}

const SKEW = 4001
const JITTER = 4002

/** The service of one environment: the real one, with simulated ports. */
export function createService(
  models: Models,
  environment: () => Environment,
  number: number,
  functionName: FunctionName,
): Service & Watcher {
  const clock = clockOf(models, environment, number)
  return {
    batch: batchPort(models, environment),
    stateMachines: stateMachinePort(models, environment),
    tasks: { answer: async () => Promise.reject(new Error('no task waits for a run')) },
    store: storePort(models, environment),
    queue: queuePort(models, environment),
    queues: queueHeads(models, environment),
    alerts: alertPort(models, environment),
    events: eventPort(models, environment),
    objects: objectPort(models, environment),
    jobLogs: { lastLines: async () => [] },
    clock,
    ids: idsOf(models, number),
    log: { record: (event, facts) => models.watch.logged(event, facts) },
    submitRate: createTokenBucket(models.submitRate, clock),
    settings: {
      stack: models.stack,
      stage: functionName,
      table: models.stack,
      times: models.times,
      definitions: models.definitions(),
    },
  }
}

function clockOf(
  { seed, profile, scheduler, call }: Models,
  environment: () => Environment,
  number: number,
): Clock {
  const skew = Math.round((2 * chosen(seed, SKEW, number, 0) - 1) * profile.skew)
  return {
    now: () => scheduler.now() + skew,
    sleep: milliseconds =>
      call(environment(), {
        port: 'clock.sleep',
        subject: () => `${milliseconds} ms`,
        takes: milliseconds,
        carryOut: () => undefined,
        unanswered: () => undefined,
      }),
  }
}

function idsOf({ seed }: Models, number: number): Ids {
  let made = 0
  return {
    token: () => `token-${number}-${++made}`,
    jitter: () => chosen(seed, JITTER, number, ++made),
  }
}

function batchPort({ call, batch, watch }: Models, environment: () => Environment): BatchPort {
  return {
    submit(request) {
      const { invocation } = environment()
      if (invocation?.isRunning) watch.submitting(invocation, request)
      return call(environment(), {
        port: 'batch.submit',
        subject: () => `${request.jobName} after ${JSON.stringify(request.dependsOn ?? [])}`,
        isSubmission: true,
        isShort: true,
        carryOut: () => batch.submit(request),
        unanswered: reason => ({ type: 'unknown', reason }),
      })
    },
    describe: jobIds =>
      call(environment(), {
        port: 'batch.describe',
        subject: () => jobIds.join(' '),
        repeatable: true,
        carryOut: () => batch.describe(jobIds),
        unanswered: noAnswer,
      }),
    list: (queue, jobName) =>
      call(environment(), {
        port: 'batch.list',
        subject: () => `${queue} ${jobName}`,
        repeatable: true,
        carryOut: () => batch.list(queue, jobName),
        unanswered: noAnswer,
      }),
    failedChildren: jobId =>
      call(environment(), {
        port: 'batch.failedChildren',
        subject: () => jobId,
        repeatable: true,
        carryOut: () => batch.failedChildren(jobId),
        unanswered: noAnswer,
      }),
    terminate: (jobId, reason) =>
      call(environment(), {
        port: 'batch.terminate',
        subject: () => `${jobId}: ${reason}`,
        repeatable: true,
        carryOut() {
          watch.terminating(jobId, reason)
          batch.terminate(jobId, reason)
        },
        unanswered: noAnswer,
      }),
  }
}

/** Every job of the model starts by itself after a while: no queue has a head for long. */
function queueHeads({ call }: Models, environment: () => Environment): QueuePort {
  return {
    head: queue =>
      call(environment(), {
        port: 'queues.head',
        subject: () => queue,
        repeatable: true,
        carryOut: () => undefined,
        unanswered: noAnswer,
      }),
    look: async () => Promise.reject(new Error('no queue has a head')),
  }
}

function storePort({ call, store, watch }: Models, environment: () => Environment): RunStore {
  const get = <T>(port: string, key: string, carryOut: () => T): Promise<T> =>
    call(environment(), { port, subject: () => key, carryOut, unanswered: noAnswer, repeatable: true })
  return {
    readRun: runId => get('store.readRun', runId, () => store.readRun(runId)),
    readJob: (runId, job) => get('store.readJob', `${runId} ${job}`, () => store.readJob(runId, job)),
    readDefinition: hash => get('store.readDefinition', hash, () => store.readDefinition(hash)),
    putDefinition: definition =>
      get('store.putDefinition', definition.hash, () => store.putDefinition(definition)),
    dueRuns: now => get('store.dueRuns', String(now), () => store.dueRuns(now)),
    waiting: (slotKey, limit) => get('store.waiting', slotKey, () => store.waiting(slotKey, limit)),
    members: runId => get('store.members', runId, () => store.members(runId)),
    readItem: key => get('store.readItem', `${key.pk} ${key.sk}`, () => store.readItem(key)),
    load: runId => load(runId),
    write(write) {
      const { invocation } = environment()
      return call(environment(), {
        port: 'store.write',
        subject: () => inShort(write),
        repeatable: true,
        carryOut: () => commit(write, invocation),
        unanswered: noAnswer,
      })
    },
  }

  function commit(write: ItemWrite, invocation: Invocation | undefined): boolean {
    watch.writer = invocation
    const accepted = store.write(write)
    watch.writer = undefined
    return accepted
  }

  /** A Query reads item after item: the run first, then the jobs. */
  function load(runId: string): Promise<{ run: Run; jobs: readonly JobRecord[] } | undefined> {
    let run: Run | undefined
    let firstHalf: readonly JobRecord[] = []
    return call(environment(), {
      port: 'store.load',
      subject: () => runId,
      parts: [
        () => {
          run = store.readRun(runId)
        },
        () => {
          const jobs = store.readJobs(runId)
          firstHalf = jobs.slice(0, jobs.length / 2)
        },
      ],
      carryOut() {
        const read = new Set(firstHalf.map(({ job }) => job))
        const others = store.readJobs(runId).filter(({ job }) => !read.has(job))
        return run && { run, jobs: [...firstHalf, ...others] }
      },
      unanswered: noAnswer,
    })
  }
}

function queuePort({ call, sendAdvance }: Models, environment: () => Environment): AdvanceQueue {
  return {
    send: (runId, delaySeconds) =>
      call(environment(), {
        port: 'queue.send',
        subject: () => `${runId} in ${delaySeconds ?? 0} s`,
        repeatable: true,
        carryOut: () => sendAdvance(runId, delaySeconds),
        unanswered: noAnswer,
      }),
  }
}

function alertPort({ call, watch }: Models, environment: () => Environment): AlertPort {
  return {
    publish: message =>
      call(environment(), {
        port: 'alerts.publish',
        subject: () => message.subject,
        isShort: true,
        carryOut: () => watch.published(message),
        unanswered: noAnswer,
      }),
  }
}

function eventPort({ call, putEvent }: Models, environment: () => Environment): EventPort {
  return {
    put: (detailType, detail) =>
      call(environment(), {
        port: 'events.put',
        subject: () => detailType,
        repeatable: true,
        carryOut: () => putEvent(detailType, detail),
        unanswered: noAnswer,
      }),
  }
}

function noAnswer(reason: string): never {
  throw new NoAnswer(reason)
}

function inShort({ key, mode, set, remove = [] }: ItemWrite): string {
  const { runId: _runId, definition: _definition, trigger: _trigger, ...shown } = set
  const removed = remove.length > 0 ? ` without ${remove.join(' ')}` : ''
  return `${mode} ${key.pk.slice(4, 10)} ${key.sk} ${JSON.stringify(shown)}${removed}`
}
