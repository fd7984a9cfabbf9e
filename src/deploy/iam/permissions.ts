import { BatchwiseError } from '../../core/errors.ts'
import type { SdkCall } from '../bundle/sdk-calls.ts'
import type { ItemPlace } from '../item-places.ts'
import { arn, attribute, type Expression, join, ref } from '../template/cloudformation.ts'
import { bucketArns, objectsOf } from './job-roles.ts'
import type { Statement } from './role.ts'

/** What the functions' calls may touch. */
export interface Touched {
  /** ARNs; a `*` only where a run, not the stack, decides. */
  readonly jobDefinitions: readonly Expression[]
  readonly jobQueues: readonly Expression[]
  readonly outputBucket: Expression
  /** What arrays take their items from. */
  readonly itemPlaces: readonly ItemPlace[]
  /** ARNs of state machines. */
  readonly stateMachines: readonly Expression[]
  /** ARNs of their executions. */
  readonly executions: readonly Expression[]
  /** Of jobs. */
  readonly logGroup: Expression
}

type Permission = (touched: Touched) => readonly Statement[]

const table = attribute('Table', 'Arn')

/** What IAM calls the SDK's calls, and on what they are allowed. */
const PERMISSIONS: Readonly<Record<SdkCall, Permission>> = {
  'client-batch:SubmitJob': ({ jobDefinitions, jobQueues }) => [
    { actions: ['batch:SubmitJob'], resources: [...jobDefinitions, ...jobQueues] },
    // Jobs are tagged as they are submitted.
    { actions: ['batch:TagResource'], resources: [arn('batch', 'job/*')] },
  ],
  'client-batch:TerminateJob': () => [
    { actions: ['batch:TerminateJob'], resources: [arn('batch', 'job/*')] },
  ],
  'client-batch:GetJobQueueSnapshot': ({ jobQueues }) => [
    { actions: ['batch:GetJobQueueSnapshot'], resources: jobQueues },
  ],
  // These know no resource.
  'client-batch:DescribeComputeEnvironments': () => [
    { actions: ['batch:DescribeComputeEnvironments'], resources: ['*'] },
  ],
  'client-batch:DescribeJobQueues': () => [{ actions: ['batch:DescribeJobQueues'], resources: ['*'] }],
  'client-batch:DescribeJobs': () => [{ actions: ['batch:DescribeJobs'], resources: ['*'] }],
  'client-batch:ListJobs': () => [{ actions: ['batch:ListJobs'], resources: ['*'] }],
  'client-cloudwatch-logs:GetLogEvents': ({ logGroup }) => [
    { actions: ['logs:GetLogEvents'], resources: [arn('logs', 'log-group:', logGroup, ':log-stream:*')] },
  ],
  'client-eventbridge:PutEvents': () => [
    { actions: ['events:PutEvents'], resources: [attribute('RequestBus', 'Arn')] },
  ],
  'client-s3:PutObject': ({ outputBucket }) => [
    { actions: ['s3:PutObject'], resources: [objectsOf(outputBucket, '*/_batchwise/*')] },
  ],
  'client-s3:GetObject': ({ outputBucket, itemPlaces }) => [
    {
      // Of what an upload has started the version is read that was uploaded.
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: [
        objectsOf(outputBucket, '*/_batchwise/*'),
        ...itemPlaces.map(({ bucket, head }) => objectsOf(bucket, `${head}*`)),
      ],
    },
  ],
  // Also what S3 asks for before it says that an object is not there.
  'client-s3:ListObjectsV2': ({ outputBucket, itemPlaces }) => [
    { actions: ['s3:ListBucket'], resources: bucketArns([outputBucket, ...itemPlaces.map(it => it.bucket)]) },
  ],
  'client-sfn:StartExecution': ({ stateMachines }) => onAny(['states:StartExecution'], stateMachines),
  'client-sfn:DescribeExecution': ({ executions }) => onAny(['states:DescribeExecution'], executions),
  'client-sfn:StopExecution': ({ executions }) => onAny(['states:StopExecution'], executions),
  // A token is of any task of any state machine, and IAM has no name for it.
  'client-sfn:SendTaskFailure': () => [{ actions: ['states:SendTaskFailure'], resources: ['*'] }],
  'client-sfn:SendTaskSuccess': () => [{ actions: ['states:SendTaskSuccess'], resources: ['*'] }],
  'client-sns:Publish': () => [{ actions: ['sns:Publish'], resources: [ref('AlertTopic')] }],
  'client-sqs:SendMessage': () => [
    { actions: ['sqs:SendMessage'], resources: [attribute('AdvanceQueue', 'Arn')] },
  ],
  'lib-dynamodb:Get': () => [{ actions: ['dynamodb:GetItem'], resources: [table] }],
  'lib-dynamodb:Put': () => [{ actions: ['dynamodb:PutItem'], resources: [table] }],
  'lib-dynamodb:Update': () => [{ actions: ['dynamodb:UpdateItem'], resources: [table] }],
  'lib-dynamodb:Query': () => [
    {
      actions: ['dynamodb:Query'],
      resources: [table, join(table, '/index/due'), join(table, '/index/waiting')],
    },
  ],
}

/** Nothing is allowed on nothing: most workflows name no state machine. */
function onAny(actions: readonly string[], resources: readonly Expression[]): readonly Statement[] {
  return resources.length > 0 ? [{ actions, resources }] : []
}

/**
 * What a function's calls need.
 *
 * @throws BatchwiseError E_PERMISSION for a call this table does not know: the function would be refused in AWS
 */
export function permissionsOf(calls: readonly SdkCall[], touched: Touched): readonly Statement[] {
  return calls.flatMap(call => {
    const permission = PERMISSIONS[call]
    if (permission !== undefined) return permission(touched)
    throw new BatchwiseError(
      'E_PERMISSION',
      `A function calls ${call}, for which no permission is known. Add it to src/deploy/iam/permissions.ts.`,
    )
  })
}
