import { AwsError } from '../wire/aws-error.ts'
import type { Identity } from '../wire/face.ts'
import { invalid, type RunnableDefinition, runnable } from './definition.ts'

export interface MachineRecord {
  readonly name: string
  readonly definition: string
  /** Milliseconds. */
  readonly createdAt: number
  /** Read anew at each start, and gone with its file. */
  readonly isFile?: boolean
}

/** A state machine as one asked for it. */
export interface Machine extends RunnableDefinition {
  readonly stateMachineArn: string
  readonly name: string
  readonly createdAt: number
}

const NAME = /^[A-Za-z0-9_-]{1,80}$/

/**
 * The state machines of this machine, by name: an ARN of any account and region means the one of its name, so that
 * workflow files need no change.
 */
export class Machines {
  readonly #records = new Map<string, MachineRecord>()
  /** Files that could not be taken, and why. */
  readonly #refused = new Map<string, string>()
  readonly #identity: Identity

  constructor(identity: Identity) {
    this.#identity = identity
  }

  get records(): readonly MachineRecord[] {
    return [...this.#records.values()]
  }

  put(record: MachineRecord): void {
    this.#records.set(record.name, record)
    this.#refused.delete(record.name)
  }

  refuse(name: string, why: string): void {
    this.#records.delete(name)
    this.#refused.set(name, why)
  }

  remove(name: string): void {
    this.#records.delete(name)
  }

  named(name: string): MachineRecord | undefined {
    return this.#records.get(name)
  }

  arnOf(name: string): string {
    return `arn:aws:states:${this.#identity.region}:${this.#identity.account}:stateMachine:${name}`
  }

  /** @throws AwsError InvalidArn, StateMachineDoesNotExist */
  at(stateMachineArn: unknown): Machine {
    const name = machineName(stateMachineArn)
    const record = this.#records.get(name)
    if (record === undefined) throw this.#unknown(name)
    const { createdAt, definition } = record
    return { name, createdAt, ...runnable(definition), stateMachineArn: String(stateMachineArn) }
  }

  #unknown(name: string): AwsError {
    const refused = this.#refused.get(name)
    const why =
      refused === undefined
        ? `Write state-machines/${name}.asl.json and start again, or make it with CreateStateMachine.`
        : `Its file was refused: ${refused}`
    return new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: "${name}". ${why}`)
  }
}

/** @throws AwsError InvalidArn */
export function machineName(stateMachineArn: unknown): string {
  const [, name] =
    /^arn:[^:]+:states:[^:]+:\d{12}:stateMachine:([^:]{1,80})$/.exec(String(stateMachineArn)) ?? []
  if (name !== undefined) return name
  throw new AwsError(
    'InvalidArn',
    `Invalid Arn: ${JSON.stringify(stateMachineArn)} is no ARN of a state machine. Local mode has no versions and aliases.`,
  )
}

/** @throws AwsError InvalidName */
export function checkedName(name: unknown): string {
  if (typeof name === 'string' && NAME.test(name)) return name
  throw new AwsError('InvalidName', 'Invalid Name: use 1 to 80 letters, digits, "-" and "_".')
}

/** Asks the library too. @throws AwsError InvalidDefinition */
export async function checkDefinition(text: string): Promise<void> {
  const { definition } = runnable(text)
  const { StateMachine } = await import('aws-local-stepfunctions')
  try {
    new StateMachine(definition as never)
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error))
  }
}
