import { executionArnOf } from '../../core/run/job-name.ts'
import type { EmitEvent } from '../aws-event.ts'
import type { Journal } from '../journal.ts'
import { AwsError } from '../wire/aws-error.ts'
import type { Identity, Now } from '../wire/face.ts'
import type { ExecutionEnd, ExecutionRecord } from './execution-record.ts'
import { type RunningExecution, runExecution } from './execution-run.ts'
import type { Machine } from './machines.ts'
import type { TaskContext } from './put-events-task.ts'
import { statusChange } from './status-change.ts'
import { TaskTokens } from './task-tokens.ts'

export interface ExecutionsOptions {
  readonly journal: Journal
  readonly identity: Identity
  readonly now: Now
  readonly emit: EmitEvent
  readonly putEvents: TaskContext['putEvents']
}

/** As long as AWS keeps an execution that has ended. */
const KEPT = 90 * 24 * 3600_000
const STOPPED_WITH_US = {
  status: 'ABORTED',
  error: 'Local.Stopped',
  cause: 'Local mode was stopped while the execution ran, and cannot go on in its middle. Start it again.',
} as const

/** The executions of this machine. What has ended is kept; what runs ends with the process, and is told ABORTED at the next start. */
export class Executions {
  readonly tokens = new TaskTokens()
  readonly #records = new Map<string, ExecutionRecord>()
  readonly #running = new Map<string, RunningExecution>()
  readonly #append: (record: ExecutionRecord) => void
  readonly #options: ExecutionsOptions

  constructor(options: ExecutionsOptions) {
    this.#options = options
    this.#append = options.journal.topic<ExecutionRecord>('executions', {
      restore: record => void this.#records.set(record.executionArn, record),
      snapshot: () =>
        [...this.#records.values()].filter(it => options.now() - (it.stopDate ?? options.now()) < KEPT),
    })
  }

  get newestFirst(): readonly ExecutionRecord[] {
    return [...this.#records.values()].toReversed()
  }

  get running(): number {
    return this.#running.size
  }

  /** Tells of the executions that a stop has ended. */
  abortOrphans(): void {
    for (const { executionArn, status } of this.#records.values()) {
      if (status === 'RUNNING' && !this.#running.has(executionArn)) this.#end(executionArn, STOPPED_WITH_US)
    }
  }

  /** @throws AwsError ExecutionAlreadyExists for a name that was used with another input, or whose execution has ended */
  start(machine: Machine, name: string, input: string): ExecutionRecord {
    const { stateMachineArn } = machine
    const executionArn = executionArnOf(stateMachineArn, name)
    const known = this.#records.get(executionArn)
    if (known?.status === 'RUNNING' && known.input === input) return known
    if (known !== undefined) {
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`)
    }
    const { now, putEvents } = this.#options
    const record = {
      executionArn,
      stateMachineArn,
      name,
      status: 'RUNNING',
      startDate: now(),
      input,
    } as const
    this.#record(record)
    const context = { executionArn, stateMachineArn, tokens: this.tokens, putEvents }
    const running = runExecution(machine, record, context)
    this.#running.set(executionArn, running)
    void running.end.then(end => this.#end(executionArn, end))
    return record
  }

  /** @throws AwsError ExecutionDoesNotExist */
  at(executionArn: unknown): ExecutionRecord {
    const record = this.#records.get(String(executionArn))
    if (record !== undefined) return record
    throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${String(executionArn)}'`)
  }

  /** Ends an execution now; what its tasks have begun goes on. */
  stop(executionArn: string, error: string | undefined, cause: string | undefined): ExecutionRecord {
    const running = this.#running.get(executionArn)
    this.#end(executionArn, { status: 'ABORTED', ...(error && { error }), ...(cause && { cause }) })
    running?.abort()
    return this.at(executionArn)
  }

  /** Ends what runs without telling of it: the next start does. */
  close(): void {
    for (const running of this.#running.values()) running.abort()
    this.#running.clear()
  }

  #end(executionArn: string, end: ExecutionEnd): void {
    const record = this.#records.get(executionArn)
    const isOurs = this.#running.delete(executionArn) || end === STOPPED_WITH_US
    if (record?.status !== 'RUNNING' || !isOurs) return
    this.#record({ ...record, ...end, stopDate: this.#options.now() })
    this.tokens.closeAll(executionArn)
  }

  /** Kept and told in one turn: no kill can part them. */
  #record(record: ExecutionRecord): void {
    const { now, identity, emit } = this.#options
    this.#records.set(record.executionArn, record)
    this.#append(record)
    emit(statusChange(record, identity, now()))
  }
}
