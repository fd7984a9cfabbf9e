import { expect, it } from 'vitest'
import { explainEnd, type SpokenReasons, wasReclaimed } from '../../../src/core/run/explain-end.ts'

it.each<[SpokenReasons, string | undefined]>([
  [{ statusReason: 'Essential container in task exited', exitCode: 3 }, 'exit code 3'],
  [
    { statusReason: 'Essential container in task exited', exitCode: 127 },
    'its command is not in the image (exit code 127)',
  ],
  [
    {
      statusReason: 'Essential container in task exited',
      reason: 'OutOfMemoryError: Container killed due to memory usage',
      exitCode: 137,
    },
    'ran out of memory: raise `memory`',
  ],
  [
    { statusReason: 'Essential container in task exited', exitCode: 137 },
    'was killed (exit code 137): out of memory, or stopped from outside',
  ],
  [{ statusReason: 'Job attempt duration exceeded timeout', exitCode: 137 }, 'ran longer than its `timeout`'],
  [
    { statusReason: 'Host EC2 (instance i-0abc) terminated.' },
    'its machine was taken away (a Spot reclaim, or the machine failed)',
  ],
  [{ statusReason: 'Dependent Job failed' }, 'did not run: a job it depends on failed'],
  [{ statusReason: 'Array Child Job failed' }, 'at least one child of the array failed'],
  [
    { statusReason: 'Task failed to start', reason: 'CannotPullContainerError: pull image manifest' },
    'its image could not be pulled: check the name, the tag and the network',
  ],
  [
    { statusReason: 'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - too big' },
    'no instance type of the compute environment is large enough for the job',
  ],
  [
    { statusReason: 'stopped by ann', exitCode: 143 },
    'was asked to end (exit code 143, SIGTERM); stopped by ann',
  ],
  [
    { statusReason: 'AccessDeniedException: User: u is not authorized to perform: batch:SubmitJob' },
    'a permission is missing (AccessDeniedException: User: u is not authorized to perform: batch:SubmitJob)',
  ],
  [
    { statusReason: 'Task failed to start', reason: "ECS was unable to assume the role 'r'" },
    "its role cannot be assumed: check that it exists and trusts ecs-tasks.amazonaws.com (ECS was unable to assume the role 'r')",
  ],
  [
    { statusReason: 'Task failed to start', reason: 'CannotPullContainerError: pull access denied for tool' },
    'its image could not be pulled: check the name, the tag and the network',
  ],
  [{ statusReason: 'something new' }, 'something new'],
  [{ statusReason: 'Essential container in task exited', exitCode: 0 }, 'Essential container in task exited'],
  [{}, undefined],
])('explains %j', (spoken, text) => expect(explainEnd(spoken)).toBe(text))

it.each([
  ['Host EC2 (instance i-0abc) terminated.', true],
  ['Your Spot Task was interrupted.', true],
  ['Job attempt duration exceeded timeout', false],
  [undefined, false],
])('knows whether %s is a reclaim', (statusReason, expected) =>
  expect(wasReclaimed(statusReason)).toBe(expected),
)
