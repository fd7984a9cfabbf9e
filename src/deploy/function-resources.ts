import type { Workflow } from '../core/workflow/workflow.ts'
import { functionRole, schedulerRole } from './iam/function-role.ts'
import { touchedBy } from './iam/touched.ts'
import type { PackagedFunction } from './package-functions.ts'
import type { ServerlessFunction, Service } from './serverless.ts'
import { alarms } from './service/alarms.ts'
import { dashboard } from './service/dashboard.ts'
import { isNeeded } from './service/needed.ts'
import { ON_SCHEDULE, scheduleResources } from './service/schedules.ts'
import type { DeploySettings } from './settings.ts'
import type { Stack } from './stack.ts'
import { attribute, type Expression, logicalId, merged, type Resources } from './template/cloudformation.ts'

/** The function that finds what no event told. */
const SWEEP = 'sweep'
/** Where firings of schedules end that could not be delivered or processed. */
export const SWEEP_DEAD_LETTERS = 'SweepDeadLetters'
const SCHEDULER_ROLE = 'SchedulerRole'

export interface FunctionResourcesInput {
  readonly service: Service
  readonly stackName: string
  readonly stack: Stack
  readonly workflows: readonly Workflow[]
  readonly packaged: readonly PackagedFunction[]
  /** Logical ids of all queues. */
  readonly queues: readonly string[]
  readonly alarms: DeploySettings['alarms']
}

/** Gives each function its zip and its role, and returns the roles, alarms and the dashboard. */
export function functionResources(input: FunctionResourcesInput): Resources {
  const { service, stackName, packaged, queues, workflows } = input
  const functions = packaged.map(it => ({ ...it, definition: service.functions[it.name] }))
  const names = functions.flatMap(({ name, definition }) =>
    definition !== undefined && wakes(name, definition, workflows) ? definition.name : [],
  )
  const sweep = service.functions[SWEEP]
  const onSchedule = service.functions[ON_SCHEDULE]
  return merged(
    ...functions.map(({ definition, ...it }) => (definition ? roleFor(definition, it, input) : {})),
    sweep === undefined
      ? {}
      : {
          [SCHEDULER_ROLE]: schedulerRole(sweep.name, SWEEP_DEAD_LETTERS),
          ...alarms({
            deadLetterQueues: queues.filter(queue => queue.endsWith('DeadLetters')),
            functions: input.alarms === 'few' ? [] : names,
            sweep: sweep.name,
          }),
        },
    onSchedule === undefined ? {} : scheduleResources(workflows, onSchedule.name),
    { Dashboard: dashboard(stackName, names) },
  )
}

/** Whether anything invokes a function. What nothing does is not polled for either. */
function wakes(name: string, { events }: ServerlessFunction, workflows: readonly Workflow[]): boolean {
  const sources = events.flatMap(({ sqs }) => sqs ?? [])
  const queues = sources.flatMap(({ arn }) => queueOf(arn) ?? [])
  if (isNeeded({ name, queues }, workflows)) return true
  for (const source of sources) source.enabled = false
  return false
}

/** The logical id in `!GetAtt Queue.Arn`. */
function queueOf(arn: Expression): string | undefined {
  const found = typeof arn === 'string' ? undefined : arn['Fn::GetAtt']
  return Array.isArray(found) ? String(found[0]) : undefined
}

function roleFor(
  definition: ServerlessFunction,
  packaged: PackagedFunction,
  input: FunctionResourcesInput,
): Resources {
  definition.package = { artifact: packaged.artifact }
  for (const { schedule } of definition.events) {
    if (schedule !== undefined) schedule.roleArn ??= attribute(SCHEDULER_ROLE, 'Arn')
  }
  if (definition.role !== undefined) return {}
  const id = logicalId(packaged.name, 'role')
  definition.role = attribute(id, 'Arn')
  const { service, stackName, stack, workflows } = input
  return {
    [id]: functionRole({
      functionName: definition.name,
      calls: packaged.calls,
      touched: touchedBy({ stackName, workflows, names: stack.names, logGroup: stack.logGroup }),
      receivesFrom: definition.events.flatMap(({ sqs }) => (sqs === undefined ? [] : [sqs.arn])),
      failuresTo: failuresOf(definition),
      tracing: service.provider.tracing?.lambda === true || service.provider.tracing?.lambda === 'Active',
    }),
  }
}

function failuresOf({ destinations }: ServerlessFunction): readonly Expression[] {
  return destinations?.onFailure === undefined ? [] : [destinations.onFailure.arn]
}
