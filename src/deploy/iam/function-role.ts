import type { SdkCall } from '../bundle/sdk-calls.ts'
import { arn, attribute, type Expression, type Resource } from '../template/cloudformation.ts'
import { permissionsOf, type Touched } from './permissions.ts'
import { OURS, role, type Statement } from './role.ts'

export interface FunctionRoleInput {
  /** The Lambda function's name in AWS. */
  readonly functionName: string
  readonly calls: readonly SdkCall[]
  readonly touched: Touched
  /** ARNs of queues whose messages it is given. */
  readonly receivesFrom: readonly Expression[]
  /** ARNs of queues for events it could not process. */
  readonly failuresTo: readonly Expression[]
  readonly tracing: boolean
}

/** The role of one function: the calls its bundle makes, its queue, its log, and nothing else. */
export function functionRole(input: FunctionRoleInput): Resource {
  return role('lambda.amazonaws.com', [
    ...permissionsOf(input.calls, input.touched),
    ...forQueues(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], input.receivesFrom),
    ...forQueues(['sqs:SendMessage'], input.failuresTo),
    {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [arn('logs', `log-group:/aws/lambda/${input.functionName}:*`)],
    },
    ...(input.tracing ? [TRACING] : []),
  ])
}

function forQueues(actions: readonly string[], resources: readonly Expression[]): readonly Statement[] {
  return resources.length > 0 ? [{ actions, resources }] : []
}

/** X-Ray knows no resource for these. */
const TRACING: Statement = {
  actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
  resources: ['*'],
}

/** The role with which EventBridge Scheduler invokes a function; only schedules of this account may take it on. */
export function schedulerRole(functionName: string, deadLetters: string): Resource {
  const statements = [
    { actions: ['lambda:InvokeFunction'], resources: [arn('lambda', `function:${functionName}`)] },
    { actions: ['sqs:SendMessage'], resources: [attribute(deadLetters, 'Arn')] },
  ]
  return role('scheduler.amazonaws.com', statements, { trust: OURS })
}
