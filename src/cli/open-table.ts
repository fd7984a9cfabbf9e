import { createRunStore } from '../aws/dynamo-run-store.ts'
import { createRunList, type RunList } from '../aws/run-list.ts'
import { tableClient } from '../aws/table-client.ts'
import type { Snapshot } from '../core/run/job-view.ts'
import type { RunStore } from '../ports.ts'
import type { Connection } from './connection.ts'
import { findRunId, unknownRun } from './find-run.ts'

/** The table of a stack, as commands read it. */
export interface Table {
  readonly store: RunStore
  readonly runs: RunList
  /**
   * A run with its jobs and its definition, by id or the first letters of it.
   *
   * @throws BatchwiseError E_RUN_UNKNOWN, E_RUN_AMBIGUOUS, E_USAGE
   */
  find(text: string): Promise<Snapshot>
}

/** @throws BatchwiseError E_NOT_DEPLOYED */
export async function openTable(connection: Connection): Promise<Table> {
  const { table } = await connection.resources()
  const client = tableClient(connection.target)
  const store = createRunStore(client, table)
  const runs = createRunList(client, table)
  return {
    store,
    runs,
    async find(text) {
      const runId = await findRunId(text, runs, connection)
      const snapshot = await readSnapshot(store, runId)
      if (snapshot === undefined) throw unknownRun(runId, connection.place)
      return snapshot
    },
  }
}

/** Undefined if there is no such run, or its definition is gone with it. */
export async function readSnapshot(store: RunStore, runId: string): Promise<Snapshot | undefined> {
  const stored = await store.load(runId)
  const definition = stored && (await store.readDefinition(stored.run.definition))
  if (stored === undefined || definition === undefined) return undefined
  return { run: stored.run, definition, jobs: new Map(stored.jobs.map(record => [record.job, record])) }
}
