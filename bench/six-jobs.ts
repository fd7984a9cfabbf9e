import { setTimeout as pause } from 'node:timers/promises'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { clientTarget } from '../src/aws/client-target.ts'
import { createRunStore } from '../src/aws/dynamo-run-store.ts'
import { tableClient } from '../src/aws/table-client.ts'
import type { Run } from '../src/core/run/run.ts'
import { readWorkflowFiles } from '../src/deploy/workflow-files.ts'
import { startLocalAws } from '../src/local/local-aws.ts'
import { LOCAL_TABLE, localStack } from '../src/local/stack/local-names.ts'

/** Milliseconds without an invocation after which the table is looked at. */
const QUIET = 40
const PATIENCE = 20_000

/** Local mode in this process, with the workflow of six jobs. */
export interface SixJobs {
  /** Uploads a file and waits until its run has succeeded. Times are `performance.now()`. */
  run(): Promise<{ readonly startedAt: number; readonly endedAt: number }>
  stop(): Promise<void>
}

interface Invocation {
  readonly functionName: string
  readonly endedAt: number
  readonly date: number
}

/**
 * @param folder of its own: what it keeps, and its inbox
 * @param onInvocation told after every invocation of a function
 */
export async function startSixJobs(
  root: string,
  folder: string,
  onInvocation: () => void = () => {},
): Promise<SixJobs> {
  let invocations: Invocation[] = []
  const aws = await startLocalAws({
    root,
    workflows: readWorkflowFiles([`${root}/bench/workflows`], Object.keys(localStack({})), false).workflows,
    folder: `${folder}/data`,
    inbox: `${folder}/inbox`,
    port: { port: 0, asked: false },
    onInvocation: ({ functionName }) => {
      invocations.push({ functionName, endedAt: performance.now(), date: Date.now() })
      onInvocation()
    },
    onProblem: what => console.error(what),
  })
  const s3 = new S3Client({ ...aws.target, forcePathStyle: true })
  const table = tableClient(clientTarget(aws.target.endpoint, aws.target.region))
  const store = createRunStore(table, LOCAL_TABLE)
  let files = 0
  return {
    async run() {
      files += 1
      invocations = []
      const Key = `in/${files}.txt`
      const startedAt = performance.now()
      await s3.send(new PutObjectCommand({ Bucket: aws.stack['inputBucket'], Key, Body: 'x' }))
      const run = await finished(Key, startedAt)
      // The write that ended the run was answered before the invocation that made it was over.
      const last = invocations.find(it => it.functionName === 'advance' && it.date >= (run.finishedAt ?? 0))
      return { startedAt, endedAt: last?.endedAt ?? performance.now() }
    },
    async stop() {
      s3.destroy()
      table.destroy()
      await aws.stop()
    },
  }

  /** Looks only when nothing was invoked for a while: looking would slow down what is measured. */
  async function finished(key: string, since: number): Promise<Run> {
    while (performance.now() - since < PATIENCE) {
      await pause(QUIET)
      const lastAt = invocations.at(-1)?.endedAt ?? Number.POSITIVE_INFINITY
      if (performance.now() - lastAt < QUIET) continue
      const [runId] = await store.runsOf('six-jobs', Date.now(), 1)
      const run = runId === undefined ? undefined : await store.readRun(runId)
      if (run?.trigger.values['key'] !== key || run.status === 'RUNNING') continue
      if (run.status === 'SUCCEEDED') return run
      throw new Error(`The run of six jobs ended ${run.status}.`)
    }
    throw new Error(`The run of six jobs has not ended in ${PATIENCE} ms.`)
  }
}
