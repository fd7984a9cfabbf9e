import type { Collection } from '../core/collect/collection.ts'
import { BatchwiseError } from '../core/errors.ts'
import type { Definition } from '../core/run/definition.ts'
import { dueTime, type Slot, type TriggerFacts } from '../core/run/run.ts'
import { runIdOf, type TriggerIdentity } from '../core/run/run-identity.ts'
import { beginning, startWrite } from '../core/run/run-writes.ts'
import { slotOf } from '../core/run/slot.ts'
import { attachWrites, taskTokens } from '../core/run/task-token.ts'
import type { ParameterValue } from '../core/workflow/parameter-values.ts'
import type { Starter } from './service.ts'

/**
 * If the request for `advance` gets lost, the sweep finds the run then. Not earlier: it would load each run that takes a
 * minute, and all that wait in a storm, though nothing is the matter.
 */
const FIRST_DUE = 5 * 60_000

export interface StartRequest {
  readonly workflow: string
  readonly identity: TriggerIdentity
  readonly trigger: TriggerFacts
  readonly parameters: Readonly<Record<string, ParameterValue>>
  /** The run that led to this one: by its end, or by an object among its results. */
  readonly parent?: string
  /** A limit beside the workflow's own. */
  readonly slot?: Slot
  /** Of a task of a state machine that waits for the run. */
  readonly taskToken?: string
  /** It gathers objects before it begins. */
  readonly collect?: Collection
}

/** Runs that start runs that start runs end here, in case that the workflows make a ring. */
const MAX_DEPTH = 5

const stored = new WeakMap<Starter, Set<string>>()

/**
 * Starts a run, or finds the one that an earlier delivery of the same trigger started. Idempotent; either way the run
 * is asked to advance, for the first delivery may have died right after its write. The sixth run of a chain of runs is not
 * started: the log says `run-too-deep`.
 */
export async function startRun(service: Starter, request: StartRequest): Promise<string> {
  const { store, clock, queue, settings } = service
  const definition = workflowNamed(service, request.workflow)
  await storeDefinition(service, definition)
  const runId = runIdOf(settings.stack, request.workflow, request.identity)
  const depth = await depthBelow(service, request.parent)
  if (depth > MAX_DEPTH) {
    service.log.record('run-too-deep', { runId, workflow: request.workflow, parent: request.parent, depth })
    return runId
  }
  // A set's limit is known when it is closed.
  const slot = request.collect
    ? undefined
    : (request.slot ?? slotOf(definition.workflow, request.trigger, request.parameters))
  const now = clock.now()
  const started = await store.write(
    startWrite({
      runId,
      workflow: request.workflow,
      ...(request.collect ? { status: 'COLLECTING', collect: request.collect } : beginning(slot)),
      ...(slot && { slot }),
      epoch: 1,
      definition: definition.hash,
      trigger: request.trigger,
      parameters: request.parameters,
      createdAt: now,
      dueAt: dueTime(now + FIRST_DUE),
      alerts: {},
      ...(request.taskToken !== undefined && { taskTokens: taskTokens(request.taskToken) }),
      ...(depth > 0 && { depth }),
    }),
  )
  if (!started && request.taskToken !== undefined) await attach(service, runId, request.taskToken)
  service.log.record(started ? 'run-started' : 'run-found', { runId, workflow: request.workflow })
  await queue.send(runId)
  return runId
}

/** Another task asks for the same run, or the same one again: either is told its end. */
async function attach({ store, clock }: Starter, runId: string, taskToken: string): Promise<void> {
  for (const write of attachWrites(runId, taskToken, clock.now())) if (await store.write(write)) return
  throw new BatchwiseError('E_BUSY', `Run ${runId} is written by too many at once.`, { retryable: true })
}

/**
 * The definition of a workflow as deployed now.
 *
 * @throws BatchwiseError E_WORKFLOW_UNKNOWN
 */
export function workflowNamed({ settings }: Starter, name: string): Definition {
  const definition = settings.definitions.find(({ workflow }) => workflow.name === name)
  if (definition !== undefined) return definition
  const names = settings.definitions.map(({ workflow }) => workflow.name).join(', ')
  throw new BatchwiseError('E_WORKFLOW_UNKNOWN', `There is no workflow "${name}". There are: ${names}.`)
}

async function depthBelow({ store }: Starter, parent: string | undefined): Promise<number> {
  if (parent === undefined) return 0
  const run = await store.readRun(parent)
  return run === undefined ? 0 : (run.depth ?? 0) + 1
}

/** The definition is in the table before any run that follows it. */
async function storeDefinition(service: Starter, definition: Definition): Promise<void> {
  const hashes = stored.get(service) ?? new Set<string>()
  stored.set(service, hashes)
  if (hashes.has(definition.hash)) return
  await service.store.putDefinition(definition)
  hashes.add(definition.hash)
}
