import type { BatchReader } from '../../aws/batch-reader.ts'
import type { QueueReader } from '../../aws/queue-reader.ts'
import type { Definition } from '../../core/run/definition.ts'
import type { QueuePort } from '../../ports.ts'
import type { Connection } from '../connection.ts'
import type { Table } from '../open-table.ts'

/** Something that is wrong, and what mends it. */
export interface Finding {
  readonly problem: string
  readonly mend: string
}

/** What the checks share, read once. */
export interface Patient {
  readonly connection: Connection
  readonly table: Table
  readonly batch: BatchReader
  readonly queues: QueueReader
  readonly waiting: QueuePort
  /** What the newest runs follow. */
  readonly definitions: readonly Definition[]
  /** Milliseconds. */
  readonly now: number
}

/** One thing that must be so. */
export interface Check {
  readonly name: string
  /** Local mode has nothing to be checked here. */
  readonly onlyInAws?: boolean
  /** @returns what is wrong; nothing when all is well */
  run(patient: Patient): Promise<readonly Finding[]>
}
