import type { Member } from '../../../src/core/collect/collection.ts'
import type { Definition } from '../../../src/core/run/definition.ts'
import { applied, holds } from '../../../src/core/run/item-semantics.ts'
import { type ItemKey, type ItemWrite, jobKey, runKey } from '../../../src/core/run/item-write.ts'
import type { JobRecord } from '../../../src/core/run/job-record.ts'
import { isFinalRun, type Run } from '../../../src/core/run/run.ts'
import type { SlotsRecord } from '../../../src/core/run/slot.ts'
import type { Scheduler } from '../scheduler.ts'

/** DynamoDB's table: the real conditions, evaluated in memory; the index of due runs lags behind. */
export interface StoreModel {
  readRun(runId: string): Run | undefined
  readJob(runId: string, job: string): JobRecord | undefined
  /** Records whose name is at or after `from`, and before `to`. */
  readJobs(runId: string): readonly JobRecord[]
  /** The objects of a run's set. */
  members(runId: string): readonly Member[]
  /** Ids of the runs that hold a place of a limit, by the limit. */
  holders(): ReadonlyMap<string, readonly string[]>
  /** Of items that are no part of a run. */
  readItem(key: ItemKey): Readonly<Record<string, unknown>> | undefined
  write(write: ItemWrite): boolean
  putDefinition(definition: Definition): void
  readDefinition(hash: string): Definition | undefined
  dueRuns(now: number): readonly string[]
  waiting(slotKey: string, limit: number): readonly string[]
  runIds(): readonly string[]
  /** Runs that are not final, or are owed something. */
  unsettled(): number
}

/** Told of every committed write, before anything else happens. */
export interface StoreWatch {
  wroteRun(before: Run | undefined, after: Run): void
  wroteJob(before: JobRecord | undefined, after: JobRecord): void
}

interface Partition {
  run?: Run
  readonly jobs: Map<string, JobRecord>
}

export function createStoreModel(
  scheduler: Scheduler,
  watch: StoreWatch,
  indexLag: (write: number) => number,
): StoreModel {
  const partitions = new Map<string, Partition>()
  const definitions = new Map<string, Definition>()
  const others = new Map<string, Readonly<Record<string, unknown>>>()
  const dueIndex = new Map<string, number>()
  const waitIndex = new Map<string, { readonly slot: string; readonly createdAt: number }>()
  let unsettled = 0
  let indexed = 0
  return {
    readRun: runId => partitions.get(runKey(runId).pk)?.run,
    readJob: (runId, job) => partitions.get(runKey(runId).pk)?.jobs.get(jobKey(runId, job).sk),
    readJobs: runId => [...(partitions.get(runKey(runId).pk)?.jobs.values() ?? [])],
    members: runId => [...itemsWith(`set#${runId} member#`)].map(([, item]) => item as unknown as Member),
    holders: () =>
      new Map(
        [...itemsWith('slots#')].map(([key, item]) => [
          key.slice('slots#'.length, -' slots'.length),
          Object.keys((item as unknown as SlotsRecord).holders ?? {}),
        ]),
      ),
    readItem: ({ pk, sk }) => others.get(`${pk} ${sk}`),
    write(write) {
      if (!write.key.pk.startsWith('run#')) return writeOther(write)
      return write.key.sk === 'run' ? writeRun(write) : writeJob(write)
    },
    putDefinition(definition) {
      definitions.set(definition.hash, definition)
    },
    readDefinition: hash => definitions.get(hash),
    dueRuns: now => [...dueIndex].filter(([, dueAt]) => dueAt <= now).map(([runId]) => runId),
    waiting: (slotKey, limit) =>
      [...waitIndex]
        .filter(([, { slot }]) => slot === slotKey)
        .sort(([a, one], [b, other]) => one.createdAt - other.createdAt || (a < b ? -1 : 1))
        .map(([runId]) => runId)
        .slice(0, limit),
    runIds: () => [...partitions.values()].flatMap(({ run }) => run?.runId ?? []),
    unsettled: () => unsettled,
  }

  function partitionOf({ pk }: ItemKey): Partition {
    const found = partitions.get(pk)
    if (found !== undefined) return found
    const partition: Partition = { jobs: new Map() }
    partitions.set(pk, partition)
    return partition
  }

  function writeRun(write: ItemWrite): boolean {
    const partition = partitionOf(write.key)
    const before = partition.run
    if (!holds(write.condition, asItem(before))) return false
    const after = applied(before, write)
    partition.run = after
    unsettled += Number(isUnsettled(after)) - Number(before !== undefined && isUnsettled(before))
    if (before?.dueAt !== after.dueAt || before?.waitingFor !== after.waitingFor) index(after)
    watch.wroteRun(before, after)
    return true
  }

  function writeJob(write: ItemWrite): boolean {
    const { jobs } = partitionOf(write.key)
    const before = jobs.get(write.key.sk)
    if (!holds(write.condition, asItem(before))) return false
    const after = applied(before, write)
    jobs.set(write.key.sk, after)
    watch.wroteJob(before, after)
    return true
  }

  function writeOther(write: ItemWrite): boolean {
    const key = `${write.key.pk} ${write.key.sk}`
    if (!holds(write.condition, others.get(key))) return false
    others.set(key, applied(others.get(key), write))
    return true
  }

  function* itemsWith(prefix: string): Generator<readonly [string, Readonly<Record<string, unknown>>]> {
    for (const entry of others) if (entry[0].startsWith(prefix)) yield entry
  }

  /** Late, but in order: an update never undoes a later one. */
  function index({ runId }: Run): void {
    const put = () => {
      const { dueAt, waitingFor, createdAt = 0 } = partitions.get(runKey(runId).pk)?.run ?? {}
      if (dueAt === undefined) dueIndex.delete(runId)
      else dueIndex.set(runId, dueAt)
      if (waitingFor === undefined) waitIndex.delete(runId)
      else waitIndex.set(runId, { slot: waitingFor, createdAt })
    }
    const lag = indexLag(++indexed)
    if (lag === 0) put()
    else scheduler.after(lag, put)
  }
}

/** The record as the plain item that it is. */
function asItem(stored: object | undefined): Readonly<Record<string, unknown>> | undefined {
  return stored as Readonly<Record<string, unknown>> | undefined
}

function isUnsettled(run: Run): boolean {
  return !isFinalRun(run.status) || run.dueAt !== undefined
}
