import type { Identity } from '../../wire/face.ts'
import { type Attempt, type Job, type JobState, jobIdOf } from '../engine/job.ts'
import { arnOf } from '../resource/arn.ts'

type Shape = Readonly<Record<string, unknown>>

/**
 * A job as both `DescribeJobs` and the event of a state change show it. Times are milliseconds since the epoch;
 * those of what has not happened are absent.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_JobDetail.html
 */
export function jobDetail(identity: Identity, job: Job, state: JobState): Shape {
  const { spec } = job
  const { submission } = spec
  return {
    jobArn: arnOf(identity, 'job', jobIdOf(job)),
    jobName: submission.jobName,
    jobId: jobIdOf(job),
    jobQueue: submission.jobQueue,
    status: state.status,
    ...shareOf(job),
    attempts: state.attempts.map(attempt => attemptDetail(identity, job, attempt)),
    ...present('statusReason', state.statusReason),
    createdAt: job.createdAt,
    retryStrategy: spec.retry,
    ...present('startedAt', state.startedAt),
    ...present('stoppedAt', state.stoppedAt),
    dependsOn: spec.dependsOn,
    jobDefinition: submission.jobDefinition,
    parameters: submission.parameters,
    ...(job.array === undefined ? { container: container(identity, job, state) } : {}),
    ...arrayProperties(job),
    ...(spec.timeout === undefined ? {} : { timeout: { attemptDurationSeconds: spec.timeout } }),
    propagateTags: submission.propagateTags,
    platformCapabilities: submission.platformCapabilities,
    eksAttempts: [],
  }
}

/** The stream of an attempt's log: the definition's name, cut to 200 characters, and the id of its task. */
export function logStreamName(job: Job, task: string): string {
  const definition = job.spec.submission.jobDefinition.split('/').at(-1)?.split(':')[0] ?? ''
  return `${definition.slice(0, 200)}/default/${task}`
}

function shareOf({ spec: { share } }: Job): Shape {
  return share === undefined ? {} : { shareIdentifier: share.identifier, schedulingPriority: share.priority }
}

export function arrayProperties(job: Job): Shape {
  if (job.index !== undefined) return { arrayProperties: { index: job.index } }
  if (job.array === undefined) return {}
  const { counts, updatedAt } = job.array
  const properties = {
    size: job.spec.arraySize,
    statusSummary: { ...counts },
    statusSummaryLastUpdatedAt: updatedAt,
  }
  return { arrayProperties: properties }
}

function attemptDetail(identity: Identity, job: Job, attempt: Attempt): Shape {
  return {
    container: {
      ...place(identity, attempt.environment, attempt.task),
      ...present('exitCode', attempt.exitCode),
      ...present('reason', attempt.reason),
      ...(attempt.startedAt === undefined ? {} : { logStreamName: logStreamName(job, attempt.task) }),
      networkInterfaces: [],
    },
    ...present('startedAt', attempt.startedAt),
    stoppedAt: attempt.stoppedAt,
    statusReason: attempt.statusReason,
  }
}

/** What was submitted, and where the latest attempt is or how it ended. */
function container(identity: Identity, job: Job, state: JobState): Shape {
  const { submission } = job.spec
  const { task, environment, startedAt } = state
  const last = state.attempts.at(-1)
  const ended = last !== undefined && last.task === task ? last : undefined
  const hasRun = task !== undefined && (startedAt !== undefined || ended?.startedAt !== undefined)
  return {
    volumes: [],
    mountPoints: [],
    ulimits: [],
    secrets: [],
    ...submission.container,
    image: submission.image,
    command: submission.command,
    environment: submission.environment,
    resourceRequirements: submission.resourceRequirements,
    ...(task === undefined ? {} : place(identity, environment ?? '', task)),
    ...present('exitCode', ended?.exitCode),
    ...present('reason', ended?.reason),
    ...(hasRun ? { logStreamName: logStreamName(job, task) } : {}),
    networkInterfaces: [],
  }
}

function place({ region, account }: Identity, environment: string, task: string): Shape {
  const head = `arn:aws:ecs:${region}:${account}`
  return {
    containerInstanceArn: `${head}:container-instance/${environment}/local`,
    taskArn: `${head}:task/${environment}/${task}`,
  }
}

function present(name: string, value: unknown): Shape {
  return value === undefined ? {} : { [name]: value }
}
