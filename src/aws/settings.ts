import { readFileSync } from 'node:fs'
import { BatchwiseError } from '../core/errors.ts'

/** What the functions are told through their environment; read once, checked, and passed on as a value. */
export interface Settings {
  /** First part of every job name. */
  readonly stackName: string
  readonly stage: string
  readonly table: string
  readonly advanceQueueUrl: string
  readonly topicArn: string
  /** Where jobs write their logs. */
  readonly logGroup: string
  /** Batchwise's own event bus. */
  readonly bus: string
  /** What `${stack.NAME}` gives. */
  readonly stack: Readonly<Record<string, string>>
  /** The JSON file of the workflows that this deployment knows. */
  readonly workflowsFile: string
  /** SubmitJob calls a second, for one `advance` function. */
  readonly submitRate: number
  /** Milliseconds. */
  readonly lease: number
  readonly settle: number
  readonly claimsVoidBefore?: number
  /** Local mode's address; AWS's own endpoints when absent. */
  readonly endpoint?: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** The account's 50 SubmitJob a second, less a reserve, shared by two concurrent `advance` functions. */
const DEFAULT_SUBMIT_RATE = 22
const DEFAULT_LEASE = 60_000
const DEFAULT_SETTLE = 120_000

/** @throws BatchwiseError E_SETTING naming the variable that is missing or wrong */
export function readSettings(environment: Environment): Settings {
  const endpoint = environment['BATCHWISE_ENDPOINT']
  const claimsVoidBefore = environment['BATCHWISE_CLAIMS_VOID_BEFORE']
  return {
    stackName: stackNameIn(environment),
    stage: textIn(environment, 'BATCHWISE_STAGE'),
    table: textIn(environment, 'BATCHWISE_TABLE'),
    advanceQueueUrl: textIn(environment, 'BATCHWISE_ADVANCE_QUEUE_URL'),
    topicArn: textIn(environment, 'BATCHWISE_TOPIC_ARN'),
    logGroup: environment['BATCHWISE_LOG_GROUP'] ?? '/aws/batch/job',
    bus: textIn(environment, 'BATCHWISE_BUS'),
    stack: stackIn(environment),
    workflowsFile: textIn(environment, 'BATCHWISE_WORKFLOWS_FILE'),
    submitRate: numberIn(environment, 'BATCHWISE_SUBMIT_RATE', DEFAULT_SUBMIT_RATE),
    lease: numberIn(environment, 'BATCHWISE_LEASE', DEFAULT_LEASE),
    settle: numberIn(environment, 'BATCHWISE_SETTLE', DEFAULT_SETTLE),
    ...(claimsVoidBefore !== undefined && {
      claimsVoidBefore: numberIn(environment, 'BATCHWISE_CLAIMS_VOID_BEFORE', 0),
    }),
    ...(endpoint !== undefined && { endpoint }),
  }
}

/** Reads the workflows as the package step, or local mode, wrote them: checked, and plain JSON. */
export function readWorkflowsFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new BatchwiseError(
      'E_SETTING',
      `The workflows cannot be read from ${file}. Package the service again.`,
      { cause },
    )
  }
}

function stackNameIn(environment: Environment): string {
  const name = textIn(environment, 'BATCHWISE_STACK_NAME')
  if (/^[a-z][a-z0-9-]{0,18}$/.test(name)) return name
  throw wrong(
    'BATCHWISE_STACK_NAME',
    `"${name}" is not 1 to 19 characters of a-z, 0-9 and "-", a letter first`,
  )
}

function stackIn(environment: Environment): Readonly<Record<string, string>> {
  const text = textIn(environment, 'BATCHWISE_STACK')
  try {
    const values: unknown = JSON.parse(text)
    if (
      typeof values === 'object' &&
      values !== null &&
      Object.values(values).every(value => typeof value === 'string')
    ) {
      return values as Readonly<Record<string, string>>
    }
  } catch {
    // Told below, like any other value that is no object of texts.
  }
  throw wrong('BATCHWISE_STACK', 'it must be a JSON object of texts')
}

function textIn(environment: Environment, name: string): string {
  const value = environment[name]
  if (value === undefined || value === '') throw wrong(name, 'it is not set')
  return value
}

function numberIn(environment: Environment, name: string, fallback: number): number {
  const text = environment[name]
  if (text === undefined) return fallback
  const value = Number(text)
  if (Number.isFinite(value) && value >= 0) return value
  throw wrong(name, `"${text}" is not a number`)
}

function wrong(name: string, problem: string): BatchwiseError {
  return new BatchwiseError(
    'E_SETTING',
    `Environment variable ${name}: ${problem}. serverless.yml sets it; deploy again.`,
  )
}
