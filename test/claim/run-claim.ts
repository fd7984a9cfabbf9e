import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { LOCAL_TABLE } from '../../src/local/stack/local-names.ts'

/** What a container of a fenced job sees. */
export interface ClaimEnvironment {
  readonly endpoint: string
  readonly runId: string
  readonly job: string
  readonly submission: number
  /** As Batch has it: an array's child has `:INDEX` behind it. */
  readonly jobId: string
  readonly arraySize?: number
  readonly with?: 'node' | 'aws'
  /** Beside the others, or instead of them. */
  readonly variables?: Readonly<Record<string, string | undefined>>
}

export interface ClaimEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly pid: number | undefined
  readonly output: string
}

/** Starts the script as a job's first process. */
export function startClaim(environment: ClaimEnvironment, command: readonly string[], table = LOCAL_TABLE) {
  const child = spawn(join('bin', 'batchwise-claim'), command, {
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: environment.endpoint,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_BATCH_JOB_ID: environment.jobId,
      BATCHWISE_NODE: environment.with === 'aws' ? 'no-such-node' : process.execPath,
      BATCHWISE_CLAIM_PATIENCE: '1',
      AWS_MAX_ATTEMPTS: '1',
      BATCHWISE_TABLE: table,
      BATCHWISE_RUN_ID: environment.runId,
      BATCHWISE_JOB: environment.job,
      BATCHWISE_SUBMISSION: String(environment.submission),
      ...(environment.arraySize !== undefined && { AWS_BATCH_JOB_ARRAY_SIZE: String(environment.arraySize) }),
      ...environment.variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const ended = once(child, 'close').then(
    ([code, signal]): ClaimEnd => ({ code, signal, pid: child.pid, output }),
  )
  return { child, ended, output: () => output }
}

export function runClaim(...args: Parameters<typeof startClaim>): Promise<ClaimEnd> {
  return startClaim(...args).ended
}
