import type { DeploySettings } from '../settings.ts'
import { type Expression, type Resources, ref } from '../template/cloudformation.ts'

/** The log group of jobs, kept for a while; or an existing one. */
export function jobLogGroup(settings: DeploySettings): {
  readonly resources: Resources
  readonly name: Expression
} {
  if (settings.logGroup) return { resources: {}, name: settings.logGroup }
  const properties = { RetentionInDays: Number(settings.logRetentionInDays) }
  return {
    resources: { JobLogGroup: { Type: 'AWS::Logs::LogGroup', Properties: properties } },
    name: ref('JobLogGroup'),
  }
}
