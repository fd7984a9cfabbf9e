import { resourcesOf, type Template, type Values } from './packaged-stack.ts'
import { danglingReferences } from './references.ts'
import { resourceStatements, roleStatements } from './statements.ts'

/** Gives what breaks the rule, by logical id. */
type Rule = (template: Template) => readonly string[]

/** Calls that know no resource. */
const WITHOUT_RESOURCE = new Set([
  'batch:ListJobs',
  'batch:DescribeJobs',
  'batch:DescribeJobQueues',
  'batch:DescribeComputeEnvironments',
  'states:SendTaskFailure',
  'states:SendTaskSuccess',
  'ecr:GetAuthorizationToken',
])
const DATA = ['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::ECR::Repository']
const LEASE_SECONDS = 60
const DEPLOYMENT = /^ServerlessDeployment/

/** What a careful reviewer looks for in the template. */
export const RULES: Readonly<Record<string, Rule>> = {
  'every reference resolves': danglingReferences,

  'no action is a wildcard': template =>
    roleStatements(template).flatMap(it =>
      it.actions.some(action => action.includes('*')) ? [it.owner] : [],
    ),

  'no resource is a wildcard but where the call knows none': template =>
    roleStatements(template)
      .filter(({ resources }) => resources.includes('*'))
      .flatMap(({ owner, actions }) =>
        actions.every(action => WITHOUT_RESOURCE.has(action)) ? [] : [owner],
      ),

  'every function has a role of its own': template => {
    const roles = functions(template).map(([, { Role }]) => JSON.stringify(Role))
    return roles.filter((role, index) => roles.indexOf(role) !== index)
  },

  'every role is for one AWS service': template =>
    where(template, 'AWS::IAM::Role', ({ AssumeRolePolicyDocument: { Statement } }) =>
      Statement.every((it: Values) => typeof it['Principal'].Service === 'string'),
    ),

  'buckets, queues and repositories are encrypted': template => [
    ...where(template, 'AWS::S3::Bucket', it => it['BucketEncryption'] !== undefined),
    ...where(template, 'AWS::SQS::Queue', it => it['SqsManagedSseEnabled'] === true),
    ...where(template, 'AWS::ECR::Repository', it => it['EncryptionConfiguration'] !== undefined),
  ],

  'buckets keep versions': template =>
    where(template, 'AWS::S3::Bucket', it => it['VersioningConfiguration']?.Status === 'Enabled'),

  'buckets are closed to the public': template =>
    where(template, 'AWS::S3::Bucket', it => {
      const block = Object.values(it['PublicAccessBlockConfiguration'] ?? {})
      return block.length === 4 && block.every(value => value === true)
    }),

  'buckets, queues and topics refuse who comes without TLS': template => {
    const refusing = resourceStatements(template).filter(
      ({ effect, condition }) =>
        effect === 'Deny' && JSON.stringify(condition) === '{"Bool":{"aws:SecureTransport":"false"}}',
    )
    const guarded = JSON.stringify(refusing.map(({ resources }) => resources))
    return ['AWS::S3::Bucket', 'AWS::SQS::Queue', 'AWS::SNS::Topic']
      .flatMap(type => resourcesOf(template, type).map(([id]) => id))
      .filter(id => !DEPLOYMENT.test(id) && !guarded.includes(`"${id}"`))
  },

  'a service may use a queue or topic only from a source of ours': template =>
    resourceStatements(template)
      .filter(
        ({ effect, condition }) =>
          effect === 'Allow' && !JSON.stringify(condition)?.includes('aws:SourceArn'),
      )
      .map(({ owner }) => owner),

  'every target has a dead-letter queue and says how often it is tried': template => {
    const guarded = (target: Values) =>
      target['DeadLetterConfig'] !== undefined && target['RetryPolicy']?.MaximumRetryAttempts !== undefined
    return [
      ...where(template, 'AWS::Events::Rule', it => it['Targets'].every(guarded)),
      ...where(template, 'AWS::Scheduler::Schedule', it => guarded(it['Target'])),
    ]
  },

  'every queue that functions read gives up into another, which keeps messages for two weeks': template =>
    where(template, 'AWS::SQS::Queue', it =>
      it['RedrivePolicy'] === undefined
        ? it['MessageRetentionPeriod'] === 1_209_600
        : template.Resources[it['RedrivePolicy'].deadLetterTargetArn['Fn::GetAtt'][0]] !== undefined,
    ),

  'messages stay invisible for six times the timeout of the function': template =>
    resourcesOf(template, 'AWS::Lambda::EventSourceMapping').flatMap(([id, it]) => {
      const queue = template.Resources[it['EventSourceArn']['Fn::GetAtt'][0]]?.Properties as Values
      const timeout = template.Resources[it['FunctionName']['Fn::GetAtt'][0]]?.Properties?.['Timeout']
      return queue['VisibilityTimeout'] >= 6 * Number(timeout) ? [] : [id]
    }),

  'functions end before their lease does': template =>
    where(template, 'AWS::Lambda::Function', it => it['Timeout'] > 0 && it['Timeout'] < LEASE_SECONDS),

  'no concurrency is reserved, and each queue has its own limit': template => [
    ...where(template, 'AWS::Lambda::Function', it => it['ReservedConcurrentExecutions'] === undefined),
    ...where(
      template,
      'AWS::Lambda::EventSourceMapping',
      it =>
        it['ScalingConfig']?.MaximumConcurrency >= 2 &&
        it['FunctionResponseTypes'][0] === 'ReportBatchItemFailures',
    ),
  ],

  'functions run on nodejs24.x, arm64': template =>
    where(
      template,
      'AWS::Lambda::Function',
      it => it['Runtime'] === 'nodejs24.x' && it['Architectures'][0] === 'arm64',
    ),

  'every log group forgets': template =>
    where(template, 'AWS::Logs::LogGroup', it => it['RetentionInDays'] > 0),

  'jobs are not privileged, end in time and have a log': template =>
    where(template, 'AWS::Batch::JobDefinition', it => {
      const { Privileged = false, LogConfiguration } = it['ContainerProperties']
      return (
        !Privileged &&
        it['Timeout']?.AttemptDurationSeconds >= 60 &&
        LogConfiguration?.LogDriver === 'awslogs'
      )
    }),

  'a deploy deregisters no job definition': template =>
    Object.entries(template.Resources)
      .filter(([, { Type }]) => Type === 'AWS::Batch::JobDefinition')
      .filter(
        ([, { Properties, DeletionPolicy, UpdateReplacePolicy }]) =>
          (Properties as Values)['ResourceRetentionPolicy']?.SkipDeregisterOnUpdate !== true ||
          DeletionPolicy !== 'Retain' ||
          UpdateReplacePolicy !== 'Retain',
      )
      .map(([id]) => id),

  'what holds data outlives the stack, under a name that a later stack does not want': template =>
    Object.entries(template.Resources)
      .filter(([id, { Type }]) => DATA.includes(Type) && !DEPLOYMENT.test(id))
      .filter(([, { Properties = {}, DeletionPolicy, UpdateReplacePolicy }]) => {
        const named = ['BucketName', 'TableName', 'RepositoryName'].some(name => name in Properties)
        return named || DeletionPolicy !== 'Retain' || UpdateReplacePolicy !== 'Retain'
      })
      .map(([id]) => id),

  'the table can be restored, and forgets what is old': template =>
    where(
      template,
      'AWS::DynamoDB::Table',
      it =>
        it['PointInTimeRecoverySpecification']?.PointInTimeRecoveryEnabled === true &&
        it['TimeToLiveSpecification']?.Enabled === true &&
        it['BillingMode'] === 'PAY_PER_REQUEST',
    ),

  'nothing costs while nothing runs, and nobody can come in': template => [
    ...where(template, 'AWS::Batch::ComputeEnvironment', it => (it['ComputeResources'].MinvCpus ?? 0) === 0),
    ...where(template, 'AWS::EC2::SecurityGroup', it => it['SecurityGroupIngress'] === undefined),
    ...resourcesOf(template, 'AWS::EC2::NatGateway').map(([id]) => id),
  ],

  'no account and no region is written into it': template =>
    Object.entries(template.Resources)
      .filter(([, resource]) =>
        /\b\d{12}\b|\b(us|eu|ap|sa|ca|me|af)-[a-z]+-\d\b/.test(JSON.stringify(resource)),
      )
      .map(([id]) => id),
}

function functions(template: Template) {
  return resourcesOf(template, 'AWS::Lambda::Function')
}

/** Those of a type for which a check does not hold. */
function where(template: Template, type: string, holds: (properties: Values) => boolean): readonly string[] {
  return resourcesOf(template, type).flatMap(([id, properties]) => (holds(properties) ? [] : [id]))
}
