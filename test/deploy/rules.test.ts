import { describe, expect, it } from 'vitest'
import type { Template, Values } from './packaged-stack.ts'
import { RULES } from './rules.ts'

const template = (Type: string, Properties: Values = {}, more: object = {}): Template => ({
  Resources: { Bad: { Type, Properties, ...more } },
  Outputs: {},
})
const role = (Statement: Values) =>
  template('AWS::IAM::Role', { Policies: [{ PolicyDocument: { Statement } }] })
const fn = (properties: Values) => template('AWS::Lambda::Function', { Timeout: 30, ...properties })

/** For each rule, something that breaks it: a rule that finds nothing here would find nothing anywhere. */
const BAD: Readonly<Record<string, readonly Template[]>> = {
  'every reference resolves': [
    template('X', { A: { Ref: 'Gone' } }),
    template('X', { A: { 'Fn::GetAtt': ['Gone', 'Arn'] } }),
    template('X', { A: { 'Fn::GetAtt': 'Gone.Arn' } }),
    template('X', { A: [{ 'Fn::Sub': '${AWS::Region}-${Gone.Arn}' }] }),
    template('X', {}, { DependsOn: ['Gone'] }),
  ],
  'no action is a wildcard': [role({ Effect: 'Allow', Action: 's3:*', Resource: 'a' })],
  'no resource is a wildcard but where the call knows none': [
    role({ Effect: 'Allow', Action: ['batch:ListJobs', 'batch:SubmitJob'], Resource: '*' }),
  ],
  'every function has a role of its own': [
    {
      Resources: {
        A: { Type: 'AWS::Lambda::Function', Properties: { Role: { Ref: 'R' } } },
        B: { Type: 'AWS::Lambda::Function', Properties: { Role: { Ref: 'R' } } },
      },
      Outputs: {},
    },
  ],
  'every role is for one AWS service': [
    template('AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement: [{ Principal: { AWS: '*' } }] } }),
  ],
  'buckets, queues and repositories are encrypted': [
    template('AWS::S3::Bucket'),
    template('AWS::SQS::Queue', { SqsManagedSseEnabled: false }),
    template('AWS::ECR::Repository'),
  ],
  'buckets keep versions': [
    template('AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Suspended' } }),
  ],
  'buckets are closed to the public': [
    template('AWS::S3::Bucket', { PublicAccessBlockConfiguration: { BlockPublicAcls: true } }),
  ],
  'buckets, queues and topics refuse who comes without TLS': [
    template('AWS::S3::Bucket'),
    template('AWS::SQS::Queue'),
    template('AWS::SNS::Topic'),
  ],
  'a service may use a queue or topic only from a source of ours': [
    template('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: 'q' }],
      },
    }),
  ],
  'every target has a dead-letter queue and says how often it is tried': [
    template('AWS::Events::Rule', { Targets: [{ DeadLetterConfig: {} }] }),
    template('AWS::Scheduler::Schedule', { Target: { RetryPolicy: { MaximumRetryAttempts: 0 } } }),
  ],
  'every queue that functions read gives up into another, which keeps messages for two weeks': [
    template('AWS::SQS::Queue', { MessageRetentionPeriod: 60 }),
    template('AWS::SQS::Queue', {
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Gone', 'Arn'] } },
    }),
  ],
  'messages stay invisible for six times the timeout of the function': [
    {
      Resources: {
        Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 179 } },
        Function: { Type: 'AWS::Lambda::Function', Properties: { Timeout: 30 } },
        Bad: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: {
            EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
            FunctionName: { 'Fn::GetAtt': ['Function', 'Arn'] },
          },
        },
      },
      Outputs: {},
    },
  ],
  'functions end before their lease does': [fn({ Timeout: 60 })],
  'no concurrency is reserved, and each queue has its own limit': [
    fn({ ReservedConcurrentExecutions: 2 }),
    template('AWS::Lambda::EventSourceMapping', { FunctionResponseTypes: ['ReportBatchItemFailures'] }),
  ],
  'functions run on nodejs24.x, arm64': [fn({ Runtime: 'nodejs20.x', Architectures: ['arm64'] })],
  'every log group forgets': [template('AWS::Logs::LogGroup')],
  'jobs are not privileged, end in time and have a log': [
    template('AWS::Batch::JobDefinition', {
      ContainerProperties: { LogConfiguration: { LogDriver: 'awslogs' } },
    }),
  ],
  'a deploy deregisters no job definition': [
    template('AWS::Batch::JobDefinition', { ResourceRetentionPolicy: { SkipDeregisterOnUpdate: true } }),
  ],
  'what holds data outlives the stack, under a name that a later stack does not want': [
    template('AWS::DynamoDB::Table', {}, { DeletionPolicy: 'Retain' }),
    template(
      'AWS::S3::Bucket',
      { BucketName: 'x' },
      { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
    ),
  ],
  'the table can be restored, and forgets what is old': [template('AWS::DynamoDB::Table')],
  'nothing costs while nothing runs, and nobody can come in': [
    template('AWS::Batch::ComputeEnvironment', { ComputeResources: { MinvCpus: 2 } }),
    template('AWS::EC2::SecurityGroup', { SecurityGroupIngress: [] }),
    template('AWS::EC2::NatGateway'),
  ],
  'no account and no region is written into it': [
    template('X', { Arn: 'arn:aws:sqs:eu-west-1::q' }),
    template('X', { Arn: 'arn:aws:iam::123456789012:role/x' }),
  ],
}

describe('the rules for templates', () => {
  it('all have something that breaks them here', () => {
    expect(Object.keys(RULES).filter(rule => !(rule in BAD))).toEqual([])
  })

  it.each(Object.entries(BAD))('find what breaks the rule: %s', (name, templates) => {
    for (const bad of templates) expect(RULES[name]?.(bad)).not.toEqual([])
  })
})
