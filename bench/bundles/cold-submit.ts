import { spawn } from 'node:child_process'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { clientTarget } from '../../src/aws/client-target.ts'
import { createRunStore } from '../../src/aws/dynamo-run-store.ts'
import { tableClient } from '../../src/aws/table-client.ts'
import { defineWorkflow } from '../../src/core/run/definition.ts'
import { readWorkflowFiles } from '../../src/deploy/workflow-files.ts'
import { startLocalAws } from '../../src/local/local-aws.ts'
import { functionSettings } from '../../src/local/stack/function-settings.ts'
import { LOCAL_STACK_NAME, LOCAL_TABLE, localStack } from '../../src/local/stack/local-names.ts'
import { startRun } from '../../src/service/start-run.ts'

const REQUESTS = 'http.server.request.start'
const PROGRAM = `
  console.log(performance.timeOrigin + performance.now())
  const { handler } = require(process.argv[1])
  const body = JSON.stringify({ runId: process.argv[2] })
  handler({ Records: [{ messageId: '1', body }] }, { getRemainingTimeInMillis: () => 30000 })
`

/** A local AWS in which runs are started that nobody but a fresh process of `advance` moves on. */
export interface ColdSubmits {
  /** Milliseconds from when a fresh process begins to load the bundle to its first SubmitJob. */
  measure(bundle: string): Promise<number>
  stop(): Promise<void>
}

export async function startColdSubmits(root: string, folder: string): Promise<ColdSubmits> {
  const stack = localStack({})
  const { workflows } = readWorkflowFiles([`${root}/bench/workflows`], Object.keys(stack), false)
  const aws = await startLocalAws({
    root,
    workflows,
    folder: `${folder}/data`,
    inbox: `${folder}/inbox`,
    port: { port: 0, asked: false },
    onProblem: what => console.error(what),
  })
  const table = tableClient(clientTarget(aws.target.endpoint, aws.target.region))
  const service = {
    store: createRunStore(table, LOCAL_TABLE),
    queue: { send: async () => {} },
    clock: { now: Date.now, sleep: async () => {} },
    log: { record: () => {} },
    settings: {
      stack: LOCAL_STACK_NAME,
      stage: 'local',
      table: LOCAL_TABLE,
      times: { lease: 60_000, settle: 120_000 },
      definitions: workflows.map(workflow => defineWorkflow(workflow, LOCAL_STACK_NAME, stack)),
    },
  }
  const environment = {
    PATH: process.env['PATH'],
    ...functionSettings({
      queues: { url: name => `${aws.target.endpoint}/${stack['account']}/${name}` },
      stack,
      endpoint: aws.target.endpoint,
      workflowsFile: join(folder, 'data', 'workflows.json'),
      startedAt: Date.now(),
    }),
  }
  let requests = 0
  return {
    async measure(bundle) {
      requests += 1
      const runId = await startRun(service, {
        workflow: 'six-jobs',
        identity: { type: 'manual', requestId: `cold-${requests}` },
        trigger: { type: 'manual', values: {} },
        parameters: {},
      })
      const submitted = firstSubmit()
      const child = spawn(process.execPath, ['-e', PROGRAM, bundle, runId], {
        env: environment,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const output = await text(child.stdout)
      return submitted.at() - Number(output.split('\n')[0]) // what follows is the function's own log
    },
    async stop() {
      table.destroy()
      await aws.stop()
    },
  }
}

/** Watches for the first SubmitJob to this process. */
function firstSubmit(): { at(): number } {
  let submittedAt: number | undefined
  const onRequest = (message: unknown) => {
    const { request } = message as { readonly request: IncomingMessage }
    if (request.url?.endsWith('/submitjob')) submittedAt ??= performance.timeOrigin + performance.now()
  }
  subscribe(REQUESTS, onRequest)
  return {
    at() {
      unsubscribe(REQUESTS, onRequest)
      if (submittedAt !== undefined) return submittedAt
      throw new Error('The function ended without a SubmitJob: what it printed above says why.')
    },
  }
}
