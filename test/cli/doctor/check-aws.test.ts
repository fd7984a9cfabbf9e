import { afterEach, describe, expect, it } from 'vitest'
import type { Check } from '../../../src/cli/doctor/check.ts'
import { bucketsSendEvents } from '../../../src/cli/doctor/check-buckets.ts'
import {
  definitionsAreRegistered,
  imagesAndRolesAreThere,
} from '../../../src/cli/doctor/check-definitions.ts'
import { schedulesAreEnabled } from '../../../src/cli/doctor/check-schedules.ts'
import type { Trigger } from '../../../src/core/workflow/workflow.ts'
import { definitionOf } from '../../core/run/given.ts'
import { patientOf } from './patient.ts'
import { type Answers, type PretendedAws, pretendAws } from './pretended-aws.ts'

let aws: PretendedAws | undefined
afterEach(() => aws?.close())

async function problems(check: Check, answers: Answers, triggers: readonly Trigger[] = []) {
  aws = await pretendAws(answers)
  const definitions = [definitionOf({ a: {} }, { triggers })]
  const findings = await check.run(patientOf({ target: aws.target, definitions }))
  expect(findings.every(({ mend }) => mend !== '')).toBe(true)
  return findings.map(({ problem }) => problem)
}

const EVENTS = '<NotificationConfiguration><EventBridgeConfiguration/></NotificationConfiguration>'
const OBJECT: Trigger = { type: 'object', bucket: 'theirs', key: '{x}', minSize: 1 }

describe('the check of the buckets', () => {
  it.each<[string, Answers['s3'], readonly string[]]>([
    ['is content when all tell EventBridge', () => [200, EVENTS], []],
    [
      'finds those that do not',
      () => [200, '<NotificationConfiguration/>'],
      [
        'The bucket inputs does not tell EventBridge of its objects: uploads start nothing.',
        'The bucket theirs does not tell EventBridge of its objects: uploads start nothing.',
      ],
    ],
    [
      'finds one that is not there',
      asked => (asked.includes('theirs') ? [404, '<Error><Code>NoSuchBucket</Code></Error>'] : [200, EVENTS]),
      ['The bucket theirs is not there.'],
    ],
  ])('%s', async (_title, s3 = () => [500, ''], expected) => {
    expect(await problems(bucketsSendEvents, { s3 }, [OBJECT])).toEqual(expected)
  })
})

const SCHEDULE: Trigger = {
  type: 'schedule',
  expression: 'rate(1 hour)',
  timezone: 'UTC',
  overlap: 'allow',
  parameters: {},
}
const schedule = (name: string, State = 'ENABLED') => ({
  Name: `batchwise-dev-${name}`,
  State,
  Target: { Arn: `arn:aws:lambda:eu-west-1:123456789012:function:batchwise-dev-${name}` },
})
const listed = (...Schedules: readonly object[]) => [200, JSON.stringify({ Schedules })] as const

describe('the check of the schedules', () => {
  it.each<[string, Answers['scheduler'], readonly string[]]>([
    ['is content', () => listed(schedule('sweep'), schedule('on-schedule')), []],
    [
      'reads all pages',
      asked =>
        asked.includes('NextToken=2')
          ? listed(schedule('on-schedule'))
          : [200, JSON.stringify({ Schedules: [schedule('sweep')], NextToken: '2' })],
      [],
    ],
    [
      'finds that none is there',
      () => listed(),
      [
        'No schedule invokes the sweep: what no event tells is not found.',
        'No schedule starts w, which have one in their file.',
      ],
    ],
    [
      'finds a disabled one',
      () => listed(schedule('sweep', 'DISABLED'), schedule('on-schedule')),
      ['The schedule batchwise-dev-sweep is disabled: it starts nothing.'],
    ],
  ])('%s', async (_title, scheduler = () => [500, ''], expected) => {
    const answer: Answers['s3'] = asked => {
      expect(asked).toContain('GET /schedules?MaxResults=100&NamePrefix=batchwise-dev-')
      return scheduler(asked)
    }
    expect(await problems(schedulesAreEnabled, { scheduler: answer }, [SCHEDULE])).toEqual(expected)
  })
})

const IMAGE = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/etl:7'
const ROLES = {
  jobRoleArn: 'arn:aws:iam::123456789012:role/x/job',
  executionRoleArn: 'arn:aws:iam::123456789012:role/run',
}
const registered =
  (image: string, roles: object = ROLES): Answers['batch'] =>
  () => [200, JSON.stringify({ jobDefinitions: [{ revision: 1, containerProperties: { image, ...roles } }] })]
const THROTTLED =
  '<ErrorResponse><Error><Code>Throttling</Code><Message>slow</Message></Error></ErrorResponse>'
const found = () => [200, '{}'] as const
const refused = (type: string) => () => [400, JSON.stringify({ __type: type, message: 'no' })] as const
const noEntity =
  '<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>no</Message></Error></ErrorResponse>'

describe('the check of images and roles', () => {
  it.each<[string, Answers, readonly string[]]>([
    ['is content', { batch: registered(IMAGE), ecr: found, iam: found }, []],
    ['asks nobody for an image from elsewhere', { batch: registered('busybox:1'), iam: found }, []],
    [
      'finds an image that was not pushed',
      { batch: registered(IMAGE), ecr: refused('ImageNotFoundException'), iam: found },
      [`The image ${IMAGE} is not in its repository: its jobs end with CannotPullContainerError.`],
    ],
    [
      'finds a role that is gone',
      {
        batch: registered(IMAGE),
        ecr: found,
        iam: asked => (asked.includes('RoleName=job&') ? [404, noEntity] : [200, '']),
      },
      ['The role arn:aws:iam::123456789012:role/x/job is not there: jobs that need it cannot start.'],
    ],
  ])('%s', async (_title, answers, expected) => {
    expect(await problems(imagesAndRolesAreThere, answers)).toEqual(expected)
  })

  it('asks again when AWS is throttling', async () => {
    let asked = 0
    const iam = () => (++asked < 3 ? ([400, THROTTLED] as const) : ([200, ''] as const))
    expect(
      await problems(imagesAndRolesAreThere, {
        batch: registered('busybox', { jobRoleArn: ROLES.jobRoleArn }),
        iam,
      }),
    ).toEqual([])
    expect(asked).toBe(3)
  })

  it('names what AWS refused to tell', async () => {
    const iam = () => [403, '<Error><Code>AccessDenied</Code><Message>not you</Message></Error>'] as const
    const asked = problems(imagesAndRolesAreThere, { batch: registered('busybox'), iam })
    await expect(asked).rejects.toMatchObject({ name: 'AccessDenied', message: 'not you' })
  })

  it('asks ECR for the very tag', async () => {
    let asked = ''
    const ecr = (text: string) => {
      asked = text
      return [200, '{}'] as const
    }
    await problems(imagesAndRolesAreThere, { batch: registered(IMAGE), ecr, iam: found })
    expect(asked).toBe(
      'AmazonEC2ContainerRegistry_V20150921.DescribeImages POST / {"registryId":"123456789012","repositoryName":"etl","imageIds":[{"imageTag":"7"}]}',
    )
  })
})

it('finds a job definition that is not registered', async () => {
  const [problem] = await problems(definitionsAreRegistered, { batch: () => [200, '{"jobDefinitions":[]}'] })
  expect(problem).toMatch(/^The job definition \S+, which workflows use, is not registered/)
})
