import type { DeploySettings } from '../settings.ts'
import { arn, attribute, type Expression, join, type Resources, ref } from '../template/cloudformation.ts'
import { OURS, role, type Statement } from './role.ts'

/** The roles that jobs, and the machines under them, run with. */
export interface JobRoles {
  readonly resources: Resources
  readonly jobRole: Expression
  readonly executionRole: Expression
  readonly instanceProfile: Expression
}

export interface JobAccess {
  /** Names of buckets whose objects jobs read: the input bucket and those of triggers. */
  readonly readBuckets: readonly Expression[]
  readonly outputBucket: Expression
  /** ARNs of the repositories that images are pulled from. */
  readonly repositories: readonly Expression[]
  readonly logGroup: Expression
  /** What lets the execution role read the secrets of jobs. */
  readonly secrets: readonly Statement[]
  /** A job with the strict fence runs with the job role. */
  readonly fenced: boolean
}

/** The job role reads inputs and writes results; the execution role pulls the image and writes the log. */
export function jobRoles(settings: DeploySettings, access: JobAccess): JobRoles {
  return {
    resources: {
      ...(!settings.jobRole && {
        JobRole: role('ecs-tasks.amazonaws.com', jobStatements(access), { trust: OURS }),
      }),
      ...(!settings.executionRole && {
        ExecutionRole: role('ecs-tasks.amazonaws.com', executionStatements(access), { trust: OURS }),
      }),
      ...(!settings.instanceProfile && !settings.ec2SpotEnvironment && instance()),
    },
    jobRole: settings.jobRole || attribute('JobRole', 'Arn'),
    executionRole: settings.executionRole || attribute('ExecutionRole', 'Arn'),
    instanceProfile: settings.instanceProfile || attribute('InstanceProfile', 'Arn'),
  }
}

function jobStatements({ readBuckets, outputBucket, fenced }: JobAccess): readonly Statement[] {
  return [
    {
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: [...readBuckets, outputBucket].map(bucket => objectsOf(bucket)),
    },
    { actions: ['s3:ListBucket'], resources: bucketArns([...readBuckets, outputBucket]) },
    { actions: ['s3:PutObject', 's3:AbortMultipartUpload'], resources: [objectsOf(outputBucket)] },
    ...(fenced ? FENCE : []),
  ]
}

/**
 * Of runs only: asking a run's status and a job's record, and writing which Batch job stands for it; no status of a run,
 * no definition, parameters or alerts.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
const FENCE: readonly Statement[] = [
  ofRuns('dynamodb:GetItem', 'pk sk status job submission jobId state', {
    'dynamodb:Select': 'SPECIFIC_ATTRIBUTES',
  }),
  ofRuns(
    'dynamodb:UpdateItem',
    'pk sk job submission jobId state updatedAt size claim claimedAt ambiguous retryAt',
    { 'dynamodb:ReturnValues': 'NONE' },
  ),
]

/** @param answer without it, a call that names no attributes would be answered with all of them */
function ofRuns(action: string, attributes: string, answer: Readonly<Record<string, string>>): Statement {
  return {
    actions: [action],
    resources: [attribute('Table', 'Arn')],
    condition: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['run#*'] },
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': attributes.split(' ') },
      StringEqualsIfExists: answer,
    },
  }
}

function executionStatements({ repositories, logGroup, secrets }: JobAccess): readonly Statement[] {
  return [
    // A token for the registry as a whole: this call knows no resource.
    { actions: ['ecr:GetAuthorizationToken'], resources: ['*'] },
    ...(repositories.length > 0 ? [{ actions: PULL, resources: repositories }] : []),
    {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [arn('logs', 'log-group:', logGroup, ':*')],
    },
    ...secrets,
  ]
}

const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']

/** What the ECS agent on an instance needs; AWS keeps the policy up to date. */
function instance(): Resources {
  const managed = [
    join('arn:', ref('AWS::Partition'), ':iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role'),
  ]
  return {
    InstanceRole: role('ec2.amazonaws.com', [], { managed }),
    InstanceProfile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [ref('InstanceRole')] } },
  }
}

export function bucketArn(bucket: Expression): Expression {
  return join('arn:', ref('AWS::Partition'), ':s3:::', bucket)
}

/** Each bucket once. */
export function bucketArns(buckets: readonly Expression[]): readonly Expression[] {
  return [...new Map(buckets.map(bucket => [JSON.stringify(bucket), bucketArn(bucket)])).values()]
}

export function objectsOf(bucket: Expression, keys = '*'): Expression {
  return join('arn:', ref('AWS::Partition'), ':s3:::', bucket, `/${keys}`)
}
