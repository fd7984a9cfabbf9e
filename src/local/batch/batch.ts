import { randomBytes } from 'node:crypto'
import { totalmem } from 'node:os'
import type { EmitEvent } from '../aws-event.ts'
import type { Journal } from '../journal.ts'
import type { Face, Identity, Now } from '../wire/face.ts'
import { Engine } from './engine/engine.ts'
import type { UnderWay } from './engine/host.ts'
import { scheduleIn } from './operation/compute-environment.ts'
import type { Context } from './operation/context.ts'
import { newInstanceId } from './operation/instance-id.ts'
import { serve } from './operation/job-queue.ts'
import { Performer } from './performer.ts'
import { type JobEntry, restore, snapshotOfJobs } from './record.ts'
import { Registry, type ResourceEntry } from './resource/registry.ts'
import type { LocalImage } from './run/image.ts'
import type { Isolation } from './run/isolation.ts'
import { Runner } from './run/runner.ts'
import { batchFace } from './wire/face.ts'
import { Rate } from './wire/rate.ts'

const MIB = 1024 * 1024
const LOG_GROUP = '/aws/batch/job'
const WEEK = 7 * 24 * 60 * 60 * 1000

export interface BatchOptions {
  readonly journal: Journal
  readonly identity: Identity
  readonly now: Now
  readonly emit: EmitEvent
  /** Takes a line of a job's output; the time is in milliseconds since the epoch. */
  readonly log: (group: string, stream: string, timestamp: number, message: string) => void
  /** Where attempts get their folders. */
  readonly folder: string
  /** `http://127.0.0.1:PORT`: where jobs find this AWS. Asked when an attempt starts. */
  readonly endpoint: () => string
  /** What stands for container images here; the command of any other image is run as it is. */
  readonly images: Readonly<Record<string, LocalImage>>
  /** A folder of programs that jobs find on their PATH, behind this machine's own. @default none */
  readonly programs?: string
  /** Milliseconds between SIGTERM and SIGKILL. @default 30,000 */
  readonly timeoutGrace?: number
  /** Milliseconds for which ended jobs are remembered. @default seven days */
  readonly retention?: number
  /** The command of Docker or Podman: jobs whose image is present there run in containers. @default none do */
  readonly containers?: string
  /** How the processes of an attempt are kept together. @default the best way this machine has */
  readonly isolation?: Isolation
  /** Calls of SubmitJob a second; more are answered with TooManyRequestsException. @default no limit */
  readonly submitRate?: number
  /** MiB that each compute environment has. @default what this machine has */
  readonly memory?: number
  /** Graphics cards that each compute environment has. @default 0 */
  readonly gpus?: number
  /** The shortest attemptDurationSeconds that is accepted. @default 60, as on AWS */
  readonly shortestTimeout?: number
  /** The shortest maxTimeSeconds of a queue's time limit that is accepted. @default 600, as on AWS */
  readonly shortestTimeLimit?: number
}

export interface Batch {
  readonly face: Face
  /** Call it after the journal was opened: what was queued goes on, what was running lost its host. */
  start(): void
  /** How many jobs start or run, and how many of them the next `start` would try again. */
  underWay(): UnderWay
  /** Kills the process trees of all jobs. In the journal they still run: the next `start` takes them for lost. */
  stop(): Promise<void>
}

/**
 * AWS Batch on this machine: its API, its scheduler, and jobs as processes. It remembers everything in the journal,
 * and appends what changed in the same synchronous turn as it emits the event that tells of it.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/Welcome.html
 */
export function createBatch(options: BatchOptions): Batch {
  const { journal, identity, now } = options
  const engine = new Engine(() => randomBytes(16).toString('hex'))
  const registry = new Registry(identity)
  const record = journal.topic<JobEntry | ResourceEntry>('batch', {
    restore: entry => {
      if (isJobEntry(entry)) restore(engine, entry)
      else registry.apply(entry)
      if ('forgotten' in entry) registry.jobTags.delete(entry.forgotten)
    },
    *snapshot() {
      yield* registry.entries()
      yield* snapshotOfJobs(engine.jobs())
    },
  })
  const runner = createRunner(options, () => performer, engine)
  const performer: Performer = new Performer({
    identity,
    now,
    engine,
    registry,
    runner,
    emit: options.emit,
    record,
  })
  const context = createContext(options, engine, registry, performer, record)
  const rate = options.submitRate === undefined ? undefined : new Rate(options.submitRate, now)
  return {
    face: batchFace(context, () => journal.flush(), rate),
    start: () => start(context, runner, journal.livedUntil),
    underWay: () => engine.underWay(),
    stop: () => {
      performer.close()
      return runner.close()
    },
  }
}

function createRunner(options: BatchOptions, performer: () => Performer, engine: Engine): Runner {
  const { now, identity, log } = options
  return new Runner({
    folder: options.folder,
    region: identity.region,
    endpoint: options.endpoint,
    images: options.images,
    grace: options.timeoutGrace ?? 30_000,
    ...(options.isolation === undefined ? {} : { isolation: options.isolation }),
    ...(options.containers === undefined ? {} : { containers: options.containers }),
    ...(options.programs === undefined ? {} : { programs: options.programs }),
    line: (stream, line) => log(LOG_GROUP, stream, now(), line),
    started: (job, task) => performer().perform(engine.attemptStarted(job, task, now())),
    ended: (job, task, end) => performer().perform(engine.attemptEnded(job, task, end, now())),
  })
}

function createContext(
  options: BatchOptions,
  engine: Engine,
  registry: Registry,
  performer: Performer,
  record: (entry: ResourceEntry) => void,
): Context {
  const { now, identity, retention = WEEK } = options
  return {
    identity,
    now,
    engine,
    registry,
    change: entry => {
      registry.apply(entry)
      record(entry)
    },
    perform: effects => performer.perform(effects),
    forgetOld: () => performer.perform(engine.forget(now() - retention)),
    machine: { memory: options.memory ?? Math.floor(totalmem() / MIB), gpus: options.gpus ?? 0 },
    shortestTimeout: options.shortestTimeout ?? 60,
    shortestTimeLimit: options.shortestTimeLimit ?? 600,
  }
}

function start(context: Context, runner: Runner, livedUntil: number | undefined): void {
  const { registry, engine, now, perform } = context
  runner.open(engine.underWay().jobs > 0)
  for (const environment of registry.environments.values()) perform(scheduleIn(context, environment))
  for (const queue of registry.queues.values()) perform(serve(context, queue))
  perform(engine.resume(newInstanceId(), now(), livedUntil))
  context.forgetOld()
}

function isJobEntry(entry: JobEntry | ResourceEntry): entry is JobEntry {
  return 'job' in entry || 'spawned' in entry || 'state' in entry || 'forgotten' in entry
}
