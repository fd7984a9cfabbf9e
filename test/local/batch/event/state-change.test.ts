import { expect, it } from 'vitest'
import { stateChange } from '../../../../src/local/batch/event/state-change.ts'
import { exited, Lab } from '../engine/lab.ts'

const identity = { account: '111122223333', region: 'eu-central-1' }
const TASK = 'arn:aws:ecs:eu-central-1:111122223333:task/machine/task1'

function eventOf(lab: Lab, jobId: string, tags = {}) {
  const job = lab.job(jobId)
  return stateChange(identity, job, job.state, tags)
}

it('tells of a finished job as AWS does', () => {
  const lab = new Lab()
  lab.submit('a')
  lab.ends('a', exited(0))
  const container = {
    exitCode: 0,
    taskArn: TASK,
    containerInstanceArn: expect.stringContaining(':container-instance/machine/'),
    logStreamName: 'any/default/task1',
    networkInterfaces: [],
  }
  expect(eventOf(lab, 'a', { team: 'x' })).toEqual({
    version: '0',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    'detail-type': 'Batch Job State Change',
    source: 'aws.batch',
    account: '111122223333',
    time: '1970-01-01T00:00:01Z',
    region: 'eu-central-1',
    resources: ['arn:aws:batch:eu-central-1:111122223333:job/a'],
    detail: {
      jobArn: 'arn:aws:batch:eu-central-1:111122223333:job/a',
      jobName: 'any',
      jobId: 'a',
      jobQueue: 'arn:aws:batch:eu-central-1:000000000000:job-queue/main',
      status: 'SUCCEEDED',
      attempts: [
        { container, startedAt: 1001, stoppedAt: 1002, statusReason: 'Essential container in task exited' },
      ],
      statusReason: 'Essential container in task exited',
      createdAt: 1000,
      retryStrategy: { attempts: 1, evaluateOnExit: [] },
      startedAt: 1001,
      stoppedAt: 1002,
      dependsOn: [],
      jobDefinition: 'arn:aws:batch:eu-central-1:000000000000:job-definition/any:1',
      parameters: {},
      container: {
        image: 'any',
        command: ['true'],
        environment: [],
        resourceRequirements: [],
        volumes: [],
        mountPoints: [],
        ulimits: [],
        secrets: [],
        ...container,
      },
      tags: { team: 'x', resourceArn: 'arn:aws:batch:eu-central-1:111122223333:job/a' },
      propagateTags: false,
      platformCapabilities: ['EC2'],
      eksAttempts: [],
    },
  })
})

it('leaves out what has not happened', () => {
  const lab = new Lab(1)
  lab.submit('running')
  lab.submit('a', { timeout: 60 })
  const { detail } = eventOf(lab, 'a')
  expect(detail).toMatchObject({ status: 'RUNNABLE', attempts: [], timeout: { attemptDurationSeconds: 60 } })
  for (const name of ['startedAt', 'stoppedAt', 'statusReason', 'arrayProperties'])
    expect(detail).not.toHaveProperty(name)
  for (const name of ['exitCode', 'taskArn', 'logStreamName'])
    expect(detail['container']).not.toHaveProperty(name)
})

it('tells the index of a child, and the size and summary of a parent', () => {
  const lab = new Lab(1)
  lab.submit('a', { arraySize: 2 })
  expect(eventOf(lab, 'a:1').detail).toMatchObject({ jobId: 'a:1', arrayProperties: { index: 1 } })
  const { detail } = eventOf(lab, 'a')
  expect(detail).toMatchObject({
    arrayProperties: { size: 2, statusSummary: { STARTING: 1, RUNNABLE: 1, FAILED: 0 } },
  })
  expect(detail).not.toHaveProperty('container')
})
