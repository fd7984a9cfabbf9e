import { type Job, jobIdOf } from '../engine/job.ts'
import { isTerminal, type JobStatus, STATUSES } from '../engine/status.ts'
import { arrayProperties } from '../event/job-detail.ts'
import { arnOf } from '../resource/arn.ts'
import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import { type Context, operation } from './context.ts'
import { type JobFilter, parseJobFilter } from './job-filter.ts'
import { knownQueue } from './job-queue.ts'
import { type Page, type PageRequest, pageOf, parsePage, toToken } from './page.ts'
import { knownJob } from './submitted-job.ts'

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ListJobs.html */
export const listJobs = operation(validate, act)

interface Input {
  readonly jobQueue: string | undefined
  readonly arrayJobId: string | undefined
  readonly status: JobStatus | undefined
  readonly filter: JobFilter | undefined
  readonly page: PageRequest
}

function validate(members: Members, context: Context): Input {
  members.refuse('multiNodeJobId')
  const jobQueue = members.text('jobQueue')
  const arrayJobId = members.text('arrayJobId')
  if ((jobQueue === undefined) === (arrayJobId === undefined)) {
    throw clientException('ListJobs needs exactly one of jobQueue, arrayJobId and multiNodeJobId.')
  }
  const filter = parseJobFilter(members, context)
  const status = members.oneOf('jobStatus', STATUSES)
  return { jobQueue, arrayJobId, status, filter, page: parsePage(members, filter === undefined ? 1000 : 100) }
}

/** Jobs of one status, RUNNING if none is named; or those of any status that a filter matches, newest first. */
function act(context: Context, input: Input): object {
  const { items, ...rest } =
    input.arrayJobId === undefined ? ofQueue(context, input) : ofArray(context, input)
  return { jobSummaryList: items.map(job => summary(context, job)), ...rest }
}

/** Filters do not apply to an array's children. */
function ofArray(context: Context, { arrayJobId = '', status = 'RUNNING', page }: Input): Page<Job> {
  const children = knownJob(context, arrayJobId).array?.children ?? []
  return pageOf(
    children.filter(({ state }) => state.status === status),
    page,
  )
}

function ofQueue(context: Context, { jobQueue = '', status, filter, page }: Input): Page<Job> {
  const jobs = [...context.engine.jobs(knownQueue(context, jobQueue).jobQueueName)]
  const wanted = filter?.matches ?? (() => true)
  const wantedStatus = filter === undefined ? (status ?? 'RUNNING') : filter.withStatus ? status : undefined
  const found: Job[] = []
  for (let at = beginOf(jobs, page); at >= 0; at -= 1) {
    const job = jobs[at]
    if (job === undefined || !wanted(job)) continue
    if (wantedStatus !== undefined && job.state.status !== wantedStatus) continue
    if (found.length === page.size) return { items: found, nextToken: toToken(positionOf(found)) }
    found.push(job)
  }
  return { items: found }
}

/** Positions name the last job seen: jobs come and go between two pages. */
function positionOf(found: readonly Job[]): string {
  const last = found.at(-1)
  return `${last?.createdAt ?? 0}:${last?.spec.jobId ?? ''}`
}

function beginOf(jobs: readonly Job[], { after }: PageRequest): number {
  if (after === undefined) return jobs.length - 1
  const colon = after.indexOf(':')
  const at = jobs.findLastIndex(job => job.spec.jobId === after.slice(colon + 1))
  if (at >= 0) return at - 1
  return jobs.findLastIndex(job => job.createdAt < Number(after.slice(0, colon)))
}

function summary(context: Context, job: Job): object {
  const { state, spec } = job
  const last = state.attempts.at(-1)
  const { exitCode, reason } = last ?? {}
  return {
    jobArn: arnOf(context.identity, 'job', jobIdOf(job)),
    jobId: jobIdOf(job),
    jobName: spec.submission.jobName,
    createdAt: job.createdAt,
    shareIdentifier: spec.share?.identifier,
    status: state.status,
    statusReason: state.statusReason,
    startedAt: state.startedAt,
    stoppedAt: state.stoppedAt,
    ...(isTerminal(state.status) && last !== undefined ? { container: { exitCode, reason } } : {}),
    ...arrayProperties(job),
    jobDefinition: spec.submission.jobDefinition,
    isCancelled: state.stop?.kind === 'cancel',
    isTerminated: state.stop?.kind === 'terminate',
  }
}
