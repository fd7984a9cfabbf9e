import { stateMachinesOf } from '../../core/event/event-rules.ts'
import { executionArnOf } from '../../core/run/job-name.ts'
import { resolveStack } from '../../core/workflow/resolve-stack.ts'
import type { Job, Workflow } from '../../core/workflow/workflow.ts'
import { itemPlaces } from '../item-places.ts'
import { arn, type Expression, join } from '../template/cloudformation.ts'
import { placeholders, type StackNames, withStackNames } from '../template/stack-names.ts'
import type { Touched } from './permissions.ts'

export interface TouchedInput {
  readonly stackName: string
  readonly workflows: readonly Workflow[]
  readonly names: StackNames
  readonly logGroup: Expression
}

/**
 * The queues and job definitions that workflows use. Of our own definitions all of a workflow are named, whatever their
 * hash: a run submits what its own definition says, and that may be an earlier one.
 */
export function touchedBy({ stackName, workflows, names, logGroup }: TouchedInput): Touched {
  const texts = placeholders(names)
  const resolved = workflows.map(workflow => resolveStack(workflow, texts))
  const jobs = resolved.flatMap(workflow => Object.values(workflow.jobs))
  const existing = jobs.flatMap(({ container }) =>
    container.type === 'existing' ? [container.jobDefinition] : [],
  )
  const queues = jobs.flatMap(queuesOf)
  const stateMachines = stateMachinesOf(resolved)
  const final = (text: string) => withStackNames(withoutLookUps(text), names) as Expression
  return {
    jobDefinitions: [
      ...workflows.map(({ name }) => arn('batch', `job-definition/${stackName}-${name}-*`)),
      ...unique(existing).flatMap(text => [...definitionArns(final(text))]),
    ],
    jobQueues: unique(queues).map(text => queueArn(final(text))),
    stateMachines: stateMachines.map(final),
    executions: stateMachines.map(text => executionsOf(final(text))),
    outputBucket: names['outputBucket'] ?? '',
    itemPlaces: itemPlaces(workflows, names),
    logGroup,
  }
}

function queuesOf({ container, jobQueue, fallback }: Job): readonly string[] {
  if (container.type === 'stateMachine') return []
  return fallback === undefined ? [jobQueue] : [jobQueue, fallback.jobQueue]
}

/** What only a run knows may be anything. */
function withoutLookUps(text: string): string {
  return text.replace(/\$\{[^}]*\}/g, '*')
}

/** `name` is every revision of it; Batch asks for permission with and without one. */
function definitionArns(definition: Expression): readonly Expression[] {
  if (typeof definition !== 'string' || definition.startsWith('arn:')) return [definition]
  const name = definition.replace(/:\d+$/, '')
  return [arn('batch', `job-definition/${name}`), arn('batch', `job-definition/${name}:*`)]
}

/** The ARN of a state machine that CloudFormation makes is known to CloudFormation only. */
function executionsOf(stateMachine: Expression): Expression {
  if (typeof stateMachine === 'string') return executionArnOf(stateMachine, '*')
  return join({ 'Fn::Join': [':execution:', { 'Fn::Split': [':stateMachine:', stateMachine] }] }, ':*')
}

/** A name, an ARN, or what CloudFormation gives for a queue: its ARN. */
function queueArn(queue: Expression): Expression {
  return typeof queue !== 'string' || queue.startsWith('arn:') ? queue : arn('batch', `job-queue/${queue}`)
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort()
}
