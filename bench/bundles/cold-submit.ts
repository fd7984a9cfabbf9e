import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
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

/** Says when the first SubmitJob leaves, in milliseconds since loading began: on the clock, and of CPU. */
const PROGRAM = `
  const { subscribe } = require('node:diagnostics_channel')
  const startedAt = performance.now()
  const before = process.cpuUsage()
  subscribe('http.client.request.start', ({ request }) => {
    if (!request.path.endsWith('/submitjob')) return
    const { user, system } = process.cpuUsage(before)
    require('node:fs').writeSync(3, JSON.stringify({ clock: performance.now() - startedAt, cpu: (user + system) / 1000 }))
    process.exit()
  })
  const { handler } = require(process.argv[1])
  const body = JSON.stringify({ runId: process.argv[2] })
  handler({ Records: [{ messageId: '1', body }] }, { getRemainingTimeInMillis: () => 30000 })
`

export interface ColdSubmit {
  readonly clock: number
  readonly cpu: number
}

/** A local AWS in which runs are started that nobody but a fresh process of `advance` moves on. */
export interface ColdSubmits {
  /** From when a fresh process begins to load the bundle to its first SubmitJob. */
  measure(bundle: string): Promise<ColdSubmit>
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
      const child = spawn(process.execPath, ['-e', PROGRAM, bundle, runId], {
        env: environment,
        stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
      })
      return JSON.parse(await text(child.stdio[3] as Readable)) as ColdSubmit
    },
    async stop() {
      table.destroy()
      await aws.stop()
    },
  }
}
