import { renderScope } from '../../core/workflow/look-up.ts'
import type { Workflow } from '../../core/workflow/workflow.ts'
import type { Expression } from '../template/cloudformation.ts'
import { placeholders, type StackNames, withStackNames } from '../template/stack-names.ts'
import type { Statement } from './role.ts'

/**
 * Reading just the secrets and parameters that jobs name, for the role that starts their containers. A job with an
 * execution role of its own is left out.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data.html
 */
export function secretStatements(workflows: readonly Workflow[], names: StackNames): readonly Statement[] {
  const arns = [...new Set(workflows.flatMap(workflow => secretsOf(workflow)))]
  const resourcesOf = (service: string) =>
    arns.filter(arn => arn.split(':')[2] === service).map(arn => resourceOf(arn, names))
  const [secrets, parameters] = [resourcesOf('secretsmanager'), resourcesOf('ssm')]
  return [
    ...(secrets.length > 0 ? [{ actions: ['secretsmanager:GetSecretValue'], resources: secrets }] : []),
    ...(parameters.length > 0 ? [{ actions: ['ssm:GetParameters'], resources: parameters }] : []),
  ]
}

function secretsOf({ jobs }: Workflow): readonly string[] {
  return Object.values(jobs).flatMap(({ container }) => {
    if (container.type !== 'image' || container.executionRole !== undefined) return []
    return Object.values(container.secrets ?? {}).map(withoutJsonKey)
  })
}

/** Behind a secret's own ARN may stand the key inside its JSON, a stage and a version. */
function withoutJsonKey(arn: string): string {
  return arn.split(':').slice(0, 7).join(':')
}

function resourceOf(arn: string, names: StackNames): Expression {
  return withStackNames(renderScope(arn, 'stack', { stack: placeholders(names) }), names) as Expression
}
