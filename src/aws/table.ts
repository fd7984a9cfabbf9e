import { createHash } from 'node:crypto'
import type { Run } from '../core/run/run.ts'

/** The table's indexes; serverless.yml makes them. Sparse: only runs that are owed something have `dueAt`. */
export const DUE_INDEX = 'due'
/** Runs of a workflow, newest first, by month. */
export const WORKFLOW_INDEX = 'byWorkflow'
/** All runs, newest first. */
export const CREATED_INDEX = 'byCreated'
/** Runs of a status, newest first: `status` itself is the key, so every change of status moves the run. */
export const STATUS_INDEX = 'byStatus'
/** Runs by the first letters of their id. */
export const ID_INDEX = 'byId'

/** Runs by the workflow and the content of an object, for buckets without versions. */
export const OBJECT_INDEX = 'byObject'
/** Runs that wait for a limit, oldest first. */
export const WAITING_INDEX = 'waiting'

/** Due runs are spread over so many keys, for an index key takes 1,000 writes a second. */
export const DUE_SHARDS = 8

/** An id is found by so many letters, or more. */
export const LEAST_ID_LETTERS = 2

/** The index attributes of a new run. */
export function indexAttributes({
  runId,
  workflow,
  createdAt,
  trigger,
}: Pick<Run, 'runId' | 'workflow' | 'createdAt' | 'trigger'>): Readonly<Record<string, string>> {
  const { bucket, key, etag } = trigger.values
  const isObject = bucket !== undefined && key !== undefined && etag !== undefined
  return {
    dueShard: dueShard(createHash('sha256').update(runId).digest()[0] ?? 0),
    workflowMonth: workflowMonth(workflow, createdAt),
    kind: RUN_KIND,
    idHead: idHead(runId),
    createdRun: createdRun(runId, createdAt),
    ...(isObject && { objectHash: objectHash(workflow, bucket, key, etag) }),
  }
}

/** The names of attributes that are there for the indexes only. */
export const INDEX_ATTRIBUTES: readonly string[] = [
  'dueShard',
  'workflowMonth',
  'kind',
  'idHead',
  'createdRun',
  'objectHash',
]

/** An object of so much content, for one workflow: what a run of it has as `objectHash`. */
export function objectHash(workflow: string, bucket: string, key: string, etag: string): string {
  return createHash('sha256')
    .update(JSON.stringify([workflow, bucket, key, etag]))
    .digest('base64url')
}

/** What all runs, and nothing else in the table, have as `kind`. */
export const RUN_KIND = 'run'

/** Sorts by time of creation; the id parts runs of the same millisecond. */
export function createdRun(runId: string, createdAt: number): string {
  return `${new Date(createdAt).toISOString()}#${runId}`
}

export function idHead(runId: string): string {
  return runId.slice(0, LEAST_ID_LETTERS)
}

export function dueShard(shard: number): string {
  return `due#${shard % DUE_SHARDS}`
}

export function workflowMonth(workflow: string, at: number): string {
  return `${workflow}#${new Date(at).toISOString().slice(0, 7)}`
}
