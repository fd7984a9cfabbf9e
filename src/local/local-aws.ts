import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join, resolve } from 'node:path'
import { S3Client } from '@aws-sdk/client-s3'
import { schedulesOf } from '../core/event/schedules.ts'
import type { Workflow } from '../core/workflow/workflow.ts'
import type { AwsEvent } from './aws-event.ts'
import type { UnderWay } from './batch/engine/host.ts'
import { startFunctionHost } from './functions/function-host.ts'
import { receiveFunctionLog } from './functions/function-log.ts'
import type { InvocationReport } from './functions/host-context.ts'
import { watchInbox } from './inbox/inbox.ts'
import { exportResults } from './inbox/results.ts'
import { openServices, type Services } from './services.ts'
import { requireContainerEngine } from './stack/containers.ts'
import { lockFolder } from './stack/folder-lock.ts'
import { functionSettings } from './stack/function-settings.ts'
import { jobDefinitionsOf } from './stack/job-definitions.ts'
import { listen, type PortWish } from './stack/listen.ts'
import { FUNCTION_LOG_GROUP, LOCAL_IDENTITY, localStack } from './stack/local-names.ts'
import { type ClientTarget, provisionBatch, provisionTable } from './stack/provision.ts'
import { loadRules } from './stack/rules.ts'
import { readServerlessStack, type ServerlessStack } from './stack/serverless-stack.ts'
import { readStateMachines } from './stack/state-machine-files.ts'

export interface LocalAwsOptions {
  /** The folder of serverless.yml and of the functions. */
  readonly root: string
  /** Checked workflows, `${stack...}` still in them. */
  readonly workflows: readonly Workflow[]
  /** The folder of state machines, `NAME.asl.json`; it need not be there. */
  readonly stateMachines?: string
  /** Where everything is kept. */
  readonly folder: string
  /** Files put here are uploaded. */
  readonly inbox: string
  readonly port: PortWish
  /** Jobs whose image Docker or Podman has here run in containers. @default false */
  readonly containers?: boolean
  /** Schedules fire, and catch up what they missed. @default true */
  readonly schedules?: boolean
  readonly onInvocation?: (report: InvocationReport) => void
  readonly onUpload?: (key: string) => void
  /** Told of every event of an AWS service, after the rules were served. */
  readonly onEvent?: (event: AwsEvent) => void
  /** Told what a user should know, though nothing is wrong. */
  readonly onNote?: (what: string) => void
  /** Something that went wrong beside any request: told, never thrown. */
  readonly onProblem: (what: string) => void
}

export interface LocalAws {
  readonly port: number
  readonly target: ClientTarget
  readonly stack: Readonly<Record<string, string>>
  /** Results of runs, exported from the output bucket. */
  readonly results: string
  /** Settles when all results written so far have been exported. */
  readonly resultsExported: () => Promise<void>
  /**
   * How many jobs run now, how many of them the next start would try again if this one stopped, and how many executions
   * of state machines that start would find ABORTED.
   */
  readonly underWay: () => UnderWay & { readonly executions: number }
  /** Ends jobs and functions and closes what is on disk; a later start goes on from there. */
  stop(): Promise<void>
}

/**
 * An AWS on one port of this machine, with the stack of serverless.yml in it: functions, queues, table, buckets, rules,
 * Batch. What was acknowledged survives kill -9; a start on the same folder goes on where the last one was.
 *
 * @throws BatchwiseError E_PORT, E_DATA_FOLDER, E_CONTAINERS, E_SERVERLESS_FILE, E_FUNCTION_LOAD
 */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const serverless = readServerlessStack(options.root)
  const unlock = lockFolder(options.folder)
  try {
    return await startIn(options, serverless, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

async function startIn(
  options: LocalAwsOptions,
  serverless: ServerlessStack,
  unlock: () => void,
): Promise<LocalAws> {
  const startedAt = Date.now()
  const containers = options.containers === true ? { containers: requireContainerEngine() } : {}
  const stack = localStack(serverless.stackNames)
  const server = createServer()
  const port = await listen(server, options.port)
  const target = targetOf(port)
  const client = new S3Client({ ...target, forcePathStyle: true })
  const results = join(options.folder, 'results')
  const exported = exportResults({
    folder: results,
    bucket: stack['outputBucket'] ?? '',
    client,
    onProblem: (path, problem) => options.onProblem(`${path} could not be written: ${problem}`),
  })
  const services = openServices({
    folder: options.folder,
    port,
    images: serverless.images,
    batch: { ...serverless.batch, ...containers, programs: join(resolve(options.root), 'bin') },
    onEvent: event => {
      exported.onEvent(event)
      options.onEvent?.(event)
    },
    onProblem: options.onProblem,
  })
  server.on('request', services.router)
  await provision(options, serverless, stack, services, target)
  const endLog = receiveFunctionLog({
    keep: line => services.logs.write(FUNCTION_LOG_GROUP, 'functions', Date.now(), line),
    onProblem: options.onProblem,
  })
  const host = await startFunctionHost({
    functions: serverless.functions,
    root: options.root,
    environment: functionSettings({
      queues: services.queues,
      stack,
      endpoint: target.endpoint,
      startedAt,
      workflowsFile: writeWorkflows(options),
      ...(serverless.batch.submitRate !== undefined && { submitRate: serverless.batch.submitRate }),
    }),
    queues: services.queues,
    now: Date.now,
    retryDelay: 1_000,
    onInvocation: report => {
      if (report.error !== undefined) options.onProblem(problemOf(report))
      options.onInvocation?.(report)
    },
  })
  services.states.start()
  services.batch.start()
  exported.catchUp()
  services.scheduler.start({
    schedules: options.schedules === false ? [] : schedulesOf(options.workflows),
    fire: input => host.invoke('on-schedule', input),
    onLate: options.onNote ?? (() => {}),
  })
  const closeInbox = watchInbox({
    folder: options.inbox,
    bucket: stack['inputBucket'] ?? '',
    client,
    onUpload: options.onUpload ?? (() => {}),
    onProblem: (path, problem) => options.onProblem(`${path} could not be uploaded: ${problem}`),
  })
  return {
    port,
    target,
    stack,
    results,
    resultsExported: exported.idle,
    underWay: () => ({ ...services.batch.underWay(), executions: services.states.running() }),
    async stop() {
      await closeInbox()
      services.scheduler.stop()
      await host.stop()
      endLog()
      services.states.stop()
      await services.batch.stop()
      await exported.idle()
      client.destroy()
      await closeServer(server)
      await services.close()
      unlock()
    },
  }
}

function problemOf({ functionName, error, gaveUp }: InvocationReport): string {
  const next = gaveUp ? 'it is not tried again' : 'it is tried again'
  return `function ${functionName} failed, ${next}: ${error instanceof Error ? error.message : String(error)}`
}

function targetOf(port: number): ClientTarget {
  return {
    endpoint: `http://127.0.0.1:${port}`,
    region: LOCAL_IDENTITY.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  }
}

/** What a deploy does: buckets, queues, table, rules, job definitions. What is there stays. */
async function provision(
  { workflows, stateMachines, onProblem }: LocalAwsOptions,
  serverless: ServerlessStack,
  stack: Readonly<Record<string, string>>,
  services: Services,
  target: ClientTarget,
): Promise<void> {
  for (const bucket of [stack['inputBucket'], stack['outputBucket']])
    if (bucket) services.s3.createBucket(bucket)
  for (const queue of serverless.queues) services.queues.create(queue)
  loadRules(services, workflows, stack)
  for (const { name, file, definition } of stateMachines ? readStateMachines(stateMachines) : []) {
    const refused = await services.states.define(name, definition)
    if (refused !== undefined) onProblem(`${file}: ${refused}`)
  }
  await provisionTable(target, serverless.table)
  services.tableReady()
  await provisionBatch(target, jobDefinitionsOf(workflows, stack))
}

/** The functions read the workflows from a file, as they do in AWS, where it lies beside their code. */
function writeWorkflows({ folder, workflows }: LocalAwsOptions): string {
  const file = join(folder, 'workflows.json')
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, JSON.stringify(workflows))
  return file
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise(resolve => server.close(() => resolve()))
}
