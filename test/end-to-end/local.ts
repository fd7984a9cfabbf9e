import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { clientTarget } from '../../src/aws/client-target.ts'
import { createRunStore } from '../../src/aws/dynamo-run-store.ts'
import { tableClient } from '../../src/aws/table-client.ts'
import type { JobRecord } from '../../src/core/run/job-record.ts'
import { isFinalRun, type Run } from '../../src/core/run/run.ts'
import { readWorkflowFiles } from '../../src/deploy/workflow-files.ts'
import type { AwsEvent } from '../../src/local/aws-event.ts'
import { type LocalAws, startLocalAws } from '../../src/local/local-aws.ts'
import { LOCAL_TABLE, localStack } from '../../src/local/stack/local-names.ts'

export interface StoredRun {
  readonly run: Run
  readonly jobs: readonly JobRecord[]
}

/** Reads runs and objects of a local AWS from outside, over the wire. */
export interface Reader {
  readonly s3: S3Client
  /** All runs of a workflow that were started this month. */
  runs(workflow: string): Promise<readonly StoredRun[]>
  /** Waits until a workflow has so many runs and all of them have ended. */
  ended(workflow: string, count: number): Promise<readonly StoredRun[]>
  /** Waits until the alerts of a workflow's runs have been sent. */
  alertsSent(workflow: string): Promise<void>
  text(bucket: string, key: string): Promise<string>
  close(): void
}

export function readerOf(endpoint: string): Reader {
  const target = clientTarget(endpoint, 'us-east-1')
  const client = tableClient(target)
  const store = createRunStore(client, LOCAL_TABLE)
  const s3 = new S3Client({ ...target, forcePathStyle: true })
  const reader: Reader = {
    s3,
    async runs(workflow) {
      const runIds = await store.runsOf(workflow, Date.now(), 1000)
      // After kill -9 the embedded database's index may name an item twice.
      const stored = await Promise.all([...new Set(runIds)].map(runId => store.load(runId)))
      return stored.filter(run => run !== undefined)
    },
    async ended(workflow, count) {
      for (;;) {
        const runs = await reader.runs(workflow)
        if (runs.length >= count && runs.every(({ run }) => isFinalRun(run.status))) return runs
        await new Promise(resolve => setTimeout(resolve, 100))
      }
    },
    async alertsSent(workflow) {
      for (;;) {
        const alerts = (await reader.runs(workflow)).flatMap(({ run }) => Object.values(run.alerts))
        if (alerts.length > 0 && alerts.every(({ state }) => state === 'sent')) return
        await new Promise(resolve => setTimeout(resolve, 100))
      }
    },
    async text(bucket, key) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
      return (await Body?.transformToString()) ?? ''
    },
    close() {
      client.destroy()
      s3.destroy()
    },
  }
  return reader
}

export interface RunningLocal {
  readonly aws: LocalAws
  readonly reader: Reader
  readonly events: readonly AwsEvent[]
  readonly problems: readonly string[]
  readonly folder: string
  close(): Promise<void>
}

/** Local mode in this process, with the given workflow files, in a folder of its own on a free port. */
export async function startLocal(
  workflows: string,
  prepare: (dataFolder: string) => void = () => {},
  stateMachines?: string,
): Promise<RunningLocal> {
  const folder = await mkdtemp(join(tmpdir(), 'batchwise-local-'))
  const files = readWorkflowFiles([workflows], Object.keys(localStack({})), false)
  if (files.hasErrors) throw new Error(files.text)
  prepare(join(folder, 'data'))
  const events: AwsEvent[] = []
  const problems: string[] = []
  const aws = await startLocalAws({
    root: process.cwd(),
    workflows: files.workflows,
    folder: join(folder, 'data'),
    inbox: join(folder, 'inbox'),
    port: { port: 0, asked: true },
    ...(stateMachines !== undefined && { stateMachines }),
    onEvent: event => events.push(event),
    onProblem: problem => problems.push(problem),
  })
  const reader = readerOf(aws.target.endpoint)
  return {
    ...{ aws, reader, events, problems, folder },
    async close() {
      reader.close()
      await aws.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
