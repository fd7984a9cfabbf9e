import { expect, it } from 'vitest'
import { localQueueName } from '../../../src/local/functions/queue-resources.ts'
import { readServerlessFile } from '../../../src/local/functions/serverless-file.ts'

const WHOLE = `
service: batchwise
plugins: [./src/deploy/plugin.mjs]
provider:
  name: aws
  stage: \${opt:stage, 'dev'}
  timeout: 30
  environment: { STAGE: "\${sls:stage}", TABLE: !Ref Table }
custom: \${file(./custom.yml)}
functions:
  - onObjectCreated:
      handler: functions/on-object-created.handler
      role: !GetAtt Role.Arn
      environment: { QUEUE: !Ref AdvanceQueue, STAGE: own }
      events:
        - sqs:
            arn: !GetAtt ObjectCreatedQueue.Arn
            batchSize: 10
            maximumBatchingWindow: 1
            maximumConcurrency: 2
            functionResponseType: ReportBatchItemFailures
  - sweep:
      handler: functions/sweep.handler
      timeout: 60
      environment: \${file(./settings.yml)}
      events:
        - schedule: rate(1 minute)
        - schedule:
            method: scheduler
            rate: [rate(1 hour), rate(2 days)]
            input: { at: <aws.scheduler.scheduled-time> }
            roleArn: !GetAtt SchedulerRole.Arn
        - schedule: { rate: rate(1 day), enabled: false }
  - idle: { handler: functions/idle.handler }
resources:
  - \${file(generated.yml)}
  - Resources: \${file(rules.yml)}
  - Resources:
      ObjectCreatedQueue:
        Type: AWS::SQS::Queue
        Properties:
          QueueName: batchwise-\${sls:stage}-object-created
          VisibilityTimeout: 180
          DelaySeconds: 1
          MessageRetentionPeriod: 1209600
          RedrivePolicy: { deadLetterTargetArn: !GetAtt ObjectCreatedDLQ.Arn, maxReceiveCount: 5 }
  - Resources:
      ObjectCreatedDLQ: { Type: AWS::SQS::Queue }
      Table: { Type: AWS::DynamoDB::Table }
`

it('reads functions, queues and nothing else', () => {
  expect(readServerlessFile(WHOLE, 'serverless.yml')).toEqual({
    functions: [
      {
        name: 'onObjectCreated',
        handler: 'functions/on-object-created.handler',
        timeout: 30,
        environment: { STAGE: 'own', TABLE: { Ref: 'Table' }, QUEUE: { Ref: 'AdvanceQueue' } },
        events: [
          {
            type: 'sqs',
            queue: 'ObjectCreatedQueue',
            batchSize: 10,
            maximumBatchingWindow: 1,
            maximumConcurrency: 2,
            reportBatchItemFailures: true,
          },
        ],
      },
      {
        name: 'sweep',
        handler: 'functions/sweep.handler',
        timeout: 60,
        environment: { STAGE: '${sls:stage}', TABLE: { Ref: 'Table' } },
        events: [
          { type: 'schedule', rates: ['rate(1 minute)'] },
          {
            type: 'schedule',
            rates: ['rate(1 hour)', 'rate(2 days)'],
            input: { at: '<aws.scheduler.scheduled-time>' },
          },
        ],
      },
      {
        name: 'idle',
        handler: 'functions/idle.handler',
        timeout: 30,
        environment: { STAGE: '${sls:stage}', TABLE: { Ref: 'Table' } },
        events: [],
      },
    ],
    queues: [
      {
        logicalId: 'ObjectCreatedQueue',
        name: 'object-created-queue',
        visibilityTimeout: 180,
        delay: 1,
        retention: 1_209_600,
        redrive: { maxReceiveCount: 5, deadLetterQueue: 'object-created-dlq' },
      },
      {
        logicalId: 'ObjectCreatedDLQ',
        name: 'object-created-dlq',
        visibilityTimeout: 30,
        delay: 0,
        retention: 345_600,
      },
    ],
  })
})

it('reads a file with next to nothing in it', () => {
  const text = 'functions: { f: { handler: a.handler } }\nresources: { Resources: {} }'
  expect(readServerlessFile(text, 'f')).toMatchObject({ functions: [{ name: 'f', timeout: 6 }], queues: [] })
  expect(readServerlessFile('service: x', 'f')).toEqual({ functions: [], queues: [] })
})

const functionWith = (settings: string) => `functions:\n  f:\n    handler: a.handler\n    ${settings}`
const eventWith = (event: string) => functionWith(`events: [{ ${event} }]`)
it.each([
  [
    'an unsupported event',
    eventWith('httpApi: "*"'),
    'serverless.yml:4:25  functions.f.events.0.httpApi: local mode does not support the event type "httpApi"',
  ],
  ['an event left open', functionWith('events: ["${file(events.yml)}"]'), 'variable ${file(events.yml)}'],
  ['two events in one', eventWith('sqs: 1, schedule: 2'), 'one event type'],
  [
    'a cron schedule',
    eventWith('schedule: cron(0 2 * * ? *)'),
    'does not run the schedule cron(0 2 * * ? *)',
  ],
  [
    'an input path',
    eventWith('schedule: { rate: rate(1 day), inputPath: $.x }'),
    'does not support inputPath',
  ],
  ['an ARN written out', eventWith('sqs: "arn:aws:sqs:eu-west-1:1:q"'), 'expected !GetAtt'],
  ['another attribute', eventWith('sqs: { arn: !GetAtt Q.QueueName }'), 'expected !GetAtt'],
  ['a queue that is not there', eventWith('sqs: { arn: !GetAtt Q.Arn }'), 'there is no queue Q in resources'],
  [
    'a filter',
    eventWith('sqs: { filterPatterns: [], arn: !GetAtt Q.Arn }'),
    'does not support filterPatterns',
  ],
  ['a variable where a number is needed', functionWith('timeout: "${param:timeout}"'), 'write its value'],
  ['a timeout over 15 minutes', functionWith('timeout: 901'), 'from 1 to 900'],
  ['a function without handler', 'functions: { f: { image: x } }', 'functions.f: expected a handler'],
  ['functions of another file', 'functions: ${file(functions.yml)}', 'functions: expected a map. Local mode'],
  [
    'a FIFO queue',
    'resources: { Resources: { Q: { Type: AWS::SQS::Queue, Properties: { FifoQueue: true } } } }',
    'FifoQueue',
  ],
  [
    'a dead-letter queue that is not there',
    'resources: { Resources: { Q: { Type: AWS::SQS::Queue, Properties: { RedrivePolicy: { maxReceiveCount: 1, deadLetterTargetArn: !GetAtt D.Arn } } } } }',
    'dead-letter queue "d" is not among',
  ],
])('refuses %s', (_title, text, message) => {
  expect(() => readServerlessFile(text, 'serverless.yml')).toThrow(message)
})

it.each([
  ['ObjectCreatedQueue', 'object-created-queue'],
  ['ObjectCreatedDLQ', 'object-created-dlq'],
  ['DLQForJobs', 'dlq-for-jobs'],
  ['advance', 'advance'],
  ['Jobs2Queue', 'jobs2-queue'],
])('calls %s %s', (logicalId, name) => expect(localQueueName(logicalId)).toBe(name))
