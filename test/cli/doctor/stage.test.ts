import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../run-command.ts'
import { type Answers, type PretendedAws, pretendAws } from './pretended-aws.ts'

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:alerts'
const BUS = { table: 'runs', topic: TOPIC, inputBucket: 'inputs', outputBucket: 'outputs' }
const sns = (inner: string) => `<R xmlns="http://sns.amazonaws.com/doc/2010-03-31/">${inner}</R>`
const subscription = (endpoint: string, arn: string) =>
  `<member><Protocol>email</Protocol><Endpoint>${endpoint}</Endpoint><SubscriptionArn>${arn}</SubscriptionArn></member>`

/** A stage that is deployed and well, and that has no run. */
const WELL: Answers = {
  events: asked => [
    200,
    asked.startsWith('AWSEvents.DescribeEventBus')
      ? JSON.stringify({ Description: JSON.stringify(BUS) })
      : JSON.stringify({ Rules: [{ Name: 'batchwise-dev-rule', State: 'ENABLED' }] }),
  ],
  dynamodb: () => [200, '{"Items":[],"Count":0,"ScannedCount":0}'],
  s3: () => [200, '<N><EventBridgeConfiguration/></N>'],
  scheduler: () => [
    200,
    JSON.stringify({
      Schedules: [{ Name: 'batchwise-dev-s', Target: { Arn: 'x:function:batchwise-dev-sweep' } }],
    }),
  ],
  sqs: () => [200, '{"QueueUrls":[]}'],
  batch: () => [200, '{"jobQueues":[],"computeEnvironments":[],"jobDefinitions":[]}'],
  sns: asked => [
    200,
    asked.includes('ListSubscriptionsByTopic')
      ? sns(
          `<ListSubscriptionsByTopicResult><Subscriptions>${subscription('ada@example.org', `${TOPIC}:1`)}</Subscriptions></ListSubscriptionsByTopicResult>`,
        )
      : sns(
          '<GetSMSSandboxAccountStatusResult><IsInSandbox>false</IsInSandbox></GetSMSSandboxAccountStatusResult>',
        ),
  ],
}

let answers: Answers = WELL
let aws: PretendedAws
beforeAll(async () => {
  const services = Object.keys(WELL).map(service => [
    service,
    (asked: string) => answers[service]?.(asked) ?? ([500, ''] as const),
  ])
  aws = await pretendAws(Object.fromEntries(services))
})
afterAll(() => aws.close())

async function doctor(differences: Answers = {}) {
  answers = { ...WELL, ...differences }
  const env = {
    AWS_ACCESS_KEY_ID: 'A',
    AWS_SECRET_ACCESS_KEY: 'B',
    AWS_ENDPOINT_URL: aws.target.endpoint ?? '',
  }
  const { code, stdout, stderr } = await runCommand(
    ['doctor', '--stage', 'dev', '--region', 'eu-west-1', '--json'],
    env,
  )
  expect(stderr).toBe('')
  const { checks, skipped } = JSON.parse(stdout) as {
    readonly checks: readonly {
      readonly findings: readonly { readonly problem: string; readonly mend: string }[]
    }[]
    readonly skipped: readonly string[]
  }
  expect(skipped).toEqual([])
  return { code, findings: checks.flatMap(({ findings }) => findings) }
}

describe('batchwise doctor, asked of a stage', () => {
  it('is content with one that is well', async () => {
    expect(await doctor()).toEqual({ code: 0, findings: [] })
  })

  it('finds who has not confirmed, a bucket that is silent and a rule that is disabled, with 1', async () => {
    const { code, findings } = await doctor({
      sns: () => [
        200,
        sns(
          `<ListSubscriptionsByTopicResult><Subscriptions>${subscription('eve@example.org', 'PendingConfirmation')}</Subscriptions></ListSubscriptionsByTopicResult>`,
        ),
      ],
      s3: () => [200, '<N/>'],
      events: asked =>
        asked.startsWith('AWSEvents.ListRules')
          ? [200, '{"Rules":[{"Name":"batchwise-dev-rule","State":"DISABLED"}]}']
          : (WELL['events']?.(asked) ?? [500, '']),
    })
    expect(code).toBe(1)
    expect(new Set(findings.map(({ problem }) => problem))).toEqual(
      new Set([
        'The bucket inputs does not tell EventBridge of its objects: uploads start nothing.',
        'The rule batchwise-dev-rule is disabled: its events get lost.',
        'eve@example.org has not confirmed its subscription to the alerts.',
      ]),
    )
  })

  it('says what it was not allowed to ask, with the line for the policy, and asks the rest', async () => {
    const message =
      'User: arn:aws:iam::1:user/a is not authorized to perform: scheduler:ListSchedules on resource: arn:aws:scheduler:eu-west-1:1:schedule/*/*'
    const { code, findings } = await doctor({
      scheduler: () => [403, JSON.stringify({ __type: 'AccessDeniedException', message })],
    })
    expect(code).toBe(1)
    expect(findings).toEqual([
      {
        problem: 'This could not be checked.',
        mend: expect.stringContaining(
          '{"Effect":"Allow","Action":"scheduler:ListSchedules","Resource":"arn:aws:',
        ),
      },
    ])
  })
})
