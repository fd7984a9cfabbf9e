import type { AlertMessage } from './core/alert/alert-message.ts'
import type { Member } from './core/collect/collection.ts'
import type { Definition } from './core/run/definition.ts'
import type { ExecutionRequest } from './core/run/execution-request.ts'
import type { FailedChildren } from './core/run/failed-children.ts'
import type { ItemKey, ItemWrite } from './core/run/item-write.ts'
import type { JobChange } from './core/run/job-change.ts'
import type { JobRecord } from './core/run/job-record.ts'
import type { Run } from './core/run/run.ts'
import type { SubmitRequest } from './core/run/submission-request.ts'
import type { TaskAnswer } from './core/run/task-token.ts'
import type { QueueHead, QueueLook } from './core/stuck/queue-look.ts'

/** AWS Batch. Every call is one try: what a lost answer means is for the protocol to say, not for a retry. */
export interface BatchPort {
  /** Sends one SubmitJob, waiting at most 8 s for the answer. Never throws for what AWS or the network does. */
  submit(request: SubmitRequest): Promise<SubmitOutcome>
  /** What Batch knows of at most 100 jobs; those it has forgotten are left out. */
  describe(jobIds: readonly string[]): Promise<readonly JobChange[]>
  /** All jobs of exactly this name in a queue, in any state, oldest first, over all pages. */
  list(queue: string, jobName: string): Promise<readonly ListedJob[]>
  /** The children of an array that failed. */
  failedChildren(jobId: string): Promise<FailedChildren>
  /** Asks for a job's end; a job that has ended, or is unknown, is no error. */
  terminate(jobId: string, reason: string): Promise<void>
}

/** Why jobs wait. Every call may be repeated. */
export interface QueuePort {
  /** The job that a queue starts next; undefined when none waits. */
  head(queue: string): Promise<QueueHead | undefined>
  /** The queue, its compute environments and the job that waits at its head: five calls. */
  look(queue: string, jobId: string): Promise<QueueLook>
}

/** AWS Step Functions, standard state machines. Executions are known by their ARNs. */
export interface StateMachinePort {
  /**
   * Starts an execution, waiting at most 8 s for the answer. Again with the same name it finds the first one, running or
   * ended. Never throws for what AWS or the network does.
   */
  start(request: ExecutionRequest): Promise<SubmitOutcome>
  /** What Step Functions knows of an execution; undefined for one it does not know. */
  describe(executionArn: string): Promise<Execution | undefined>
  /** Asks for an execution's end; one that has ended, or is unknown, is no error. */
  stop(executionArn: string, reason: string): Promise<void>
}

/** Tasks of state machines that wait for a run. */
export interface TaskPort {
  /**
   * Tells a task how its run ended. At least once.
   *
   * @returns false when the task waits no more
   */
  answer(taskToken: string, answer: TaskAnswer): Promise<boolean>
}

/** An execution, with what it gave. */
export interface Execution {
  readonly change: JobChange
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  /** A JSON value; of one that failed `{ Error, Cause }`, as a Catch sees it. Undefined while it runs. */
  readonly output?: unknown
}

export type SubmitOutcome =
  | { readonly type: 'accepted'; readonly jobId: string }
  /** Batch certainly made no job. `again`: it may take the same request later. */
  | { readonly type: 'refused'; readonly again: boolean; readonly reason: string }
  /** No answer, or one that does not tell whether a job was made. */
  | { readonly type: 'unknown'; readonly reason: string }

export interface ListedJob {
  readonly jobId: string
  readonly createdAt: number
  /** Of an array. */
  readonly size?: number
}

/** The items of the table. Reads are consistent; writes are conditional and touch one item. */
export interface ItemStore {
  readRun(runId: string): Promise<Run | undefined>
  readJob(runId: string, job: string): Promise<JobRecord | undefined>
  /** Any item by its key; undefined if there is none. */
  readItem(key: ItemKey): Promise<Readonly<Record<string, unknown>> | undefined>
  /** True when the condition held and the write happened. Throws when neither is known. */
  write(write: ItemWrite): Promise<boolean>
  /** Stores a definition under its hash; doing it again changes nothing. */
  putDefinition(definition: Definition): Promise<void>
  readDefinition(hash: string): Promise<Definition | undefined>
}

/** The table: its items, and what is found by a query. */
export interface RunStore extends ItemStore {
  /** The run, read before its jobs, and all job records. */
  load(runId: string): Promise<{ readonly run: Run; readonly jobs: readonly JobRecord[] } | undefined>
  /** All objects of a run's set, read consistently. */
  members(runId: string): Promise<readonly Member[]>
  /** Ids of the runs that wait for a limit, oldest first. An index answers: it only nominates, and may lag. */
  waiting(slotKey: string, limit: number): Promise<readonly string[]>
  /** Ids of runs whose due time has passed. An index answers: it only nominates, and may lag. */
  dueRuns(now: number): Promise<readonly string[]>
}

/** Asks for `advance(runId)`: at least once, in any order. */
export interface AdvanceQueue {
  send(runId: string, delaySeconds?: number): Promise<void>
}

/** Tells programs: puts an event on Batchwise's own bus. At least once. */
export interface EventPort {
  put(detailType: string, detail: object): Promise<void>
}

/** Tells people. At least once. */
export interface AlertPort {
  publish(message: AlertMessage): Promise<void>
}

/** Objects: the manifests that Batchwise writes itself, and what workflows name. A failure that may pass is thrown. */
export interface ObjectPort {
  /** Writes an object that is written once: whoever comes later leaves it as it is, and gets false. */
  create(uri: string, body: string): Promise<boolean>
  /** The text of an object of at most `maxBytes`; of the version named, else of the newest. */
  read(uri: string, maxBytes: number, versionId?: string): Promise<ReadOutcome>
  /** The first `most` objects whose URIs begin so, in the order of their keys' UTF-8 bytes. */
  list(prefix: string, most: number): Promise<ListOutcome>
}

export type ReadOutcome = { readonly type: 'text'; readonly text: string } | Unreadable
export type ListOutcome = { readonly type: 'objects'; readonly objects: readonly StoredObject[] } | Unreadable

/** S3 answers so for good; `reason` says why, for people: `there is no such object`. */
export interface Unreadable {
  readonly type: 'unreadable'
  readonly reason: string
}

export interface StoredObject {
  readonly bucket: string
  readonly key: string
  /** Bytes. */
  readonly size: number
  /** Without quotes, as in events. */
  readonly etag: string
}

/** What jobs wrote. */
export interface JobLogPort {
  /** The last lines of a log stream, at most `count`. */
  lastLines(logStream: string, count: number): Promise<readonly string[]>
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  sleep(milliseconds: number): Promise<void>
}

export interface Ids {
  /** A new name for the holder of a claim. */
  token(): string
  /** 0 (inclusive) to 1 (exclusive), to spread retries. */
  jitter(): number
}

/** Counts what happened, one line each; never the place of a failure that must be acted on. */
export interface LogPort {
  record(event: string, facts: Readonly<Record<string, string | number | boolean | undefined>>): void
}
