import { didYouMean } from './did-you-mean.ts'
import { type Draft, jobsOf, triggersOf } from './draft.ts'
import { shown, shownName } from './escape-text.ts'
import { lookUpsOf } from './look-up.ts'
import type { Problem } from './problem.ts'

/** What S3 has ever let a bucket be called: older ones have upper case and `_`. */
const BUCKET = /^[A-Za-z0-9._-]{1,255}$/
const JOB_QUEUE = /^(?:arn:\S{1,2000}|[A-Za-z0-9][A-Za-z0-9_-]{0,127})$/

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html */
const CONTAINER_PROPERTIES = [
  'command',
  'enableExecuteCommand',
  'environment',
  'ephemeralStorage',
  'executionRoleArn',
  'fargatePlatformConfiguration',
  'image',
  'instanceType',
  'jobRoleArn',
  'linuxParameters',
  'logConfiguration',
  'memory',
  'mountPoints',
  'networkConfiguration',
  'privileged',
  'readonlyRootFilesystem',
  'repositoryCredentials',
  'resourceRequirements',
  'runtimePlatform',
  'secrets',
  'ulimits',
  'user',
  'vcpus',
  'volumes',
]

/** E114 and W110: names of buckets, queues and container properties that AWS does not have. */
export function* checkNames(draft: Draft): Generator<Problem> {
  for (const [index, { bucket }] of triggersOf(draft, 'object')) {
    if (lookUpsOf(bucket).length > 0 || BUCKET.test(bucket)) continue
    const message = `${shown(bucket)} is no name of a bucket.`
    const mend = 'Write lower-case letters, digits, `.` and `-`, or a look-up like ${stack.inputBucket}.'
    yield { code: 'E114', path: ['triggers', index, 'object', 'bucket'], message, mend }
  }
  for (const [job, { jobQueue, fallback, containerProperties }] of jobsOf(draft)) {
    if (jobQueue !== undefined) yield* checkQueue(jobQueue, ['jobs', job, 'jobQueue'])
    if (fallback !== undefined) yield* checkQueue(fallback.jobQueue, ['jobs', job, 'fallback', 'jobQueue'])
    for (const name of Object.keys(containerProperties ?? {})) {
      if (!CONTAINER_PROPERTIES.includes(name)) yield unknownProperty(job, name)
    }
  }
  const { jobQueue } = draft.file.defaults ?? {}
  if (jobQueue !== undefined) yield* checkQueue(jobQueue, ['defaults', 'jobQueue'])
}

function* checkQueue(jobQueue: string, path: Problem['path']): Generator<Problem> {
  if (lookUpsOf(jobQueue).length > 0 || JOB_QUEUE.test(jobQueue)) return
  const message = `${shown(jobQueue)} is no name or ARN of a job queue.`
  const mend = 'Write letters, digits, `-` and `_`, or a look-up like ${stack.highQueue}.'
  yield { code: 'E114', path, message, mend }
}

/** Only a warning: Batch may learn a property before this list does. */
function unknownProperty(job: string, name: string): Problem {
  const meant = didYouMean(name, CONTAINER_PROPERTIES)
  return {
    code: 'W110',
    path: ['jobs', job, 'containerProperties', name],
    at: 'key',
    message: `${shownName(name)} is no property of containers that AWS Batch is known to have.`,
    mend: meant === undefined ? 'Leave it out, unless it is new.' : `Did you mean \`${meant}\`?`,
  }
}
