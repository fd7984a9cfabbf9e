import type { JobDetail } from '@aws-sdk/client-batch'
import type { StoredRun } from '../../end-to-end/local.ts'
import type { Mark } from './marks.ts'

export interface Evidence {
  readonly runs: readonly StoredRun[]
  /** All that Batch knows. */
  readonly batch: readonly JobDetail[]
  readonly marks: readonly Mark[]
  /** When the process was killed, in milliseconds. */
  readonly kills: readonly number[]
  /** Keys of uploads that were acknowledged, and of those that may have been. */
  readonly uploads: { readonly sure: readonly string[]; readonly unsure: readonly string[] }
}

/** A job's end and its record are two things: a kill between them makes Batch run it again. Milliseconds. */
const UNRECORDED = 2500
/** A killed process takes a while to die, and its jobs die after it: what ends meanwhile nobody records. */
const DYING = 1000

/** Everything that was lost, or done twice; empty when all is well. */
export function wrongs(evidence: Evidence): readonly string[] {
  return [...wrongRuns(evidence), ...wrongJobs(evidence), ...wrongMarks(evidence)]
}

function* wrongRuns({ runs, uploads }: Evidence): Generator<string> {
  const keys = runs.map(({ run }) => run.trigger.values['key'] ?? '')
  for (const key of uploads.sure) if (!keys.includes(key)) yield `${key} was acknowledged and has no run`
  for (const key of keys) {
    if (!uploads.sure.includes(key) && !uploads.unsure.includes(key)) yield `${key} was never uploaded`
  }
  for (const [key, same = []] of Object.entries(
    Object.groupBy(runs, ({ run }) => run.trigger.values['key'] ?? ''),
  ))
    if (same.length > 1) yield `${key} has runs ${same.map(({ run }) => run.runId).join(' and ')}`
  for (const { run, jobs } of runs) {
    if (run.status !== 'SUCCEEDED') yield `run ${run.runId} ended ${run.status}`
    for (const { job, submission, state } of jobs)
      if (submission !== 1 || state !== 'SUCCEEDED')
        yield `run ${run.runId}: ${job} is ${state} in submission ${submission}`
  }
}

function* wrongJobs({ runs, batch }: Evidence): Generator<string> {
  const recorded = new Map(runs.flatMap(({ jobs }) => jobs.map(({ jobId, ...job }) => [jobId, job] as const)))
  for (const { jobId, jobName, status, attempts = [] } of batch) {
    if (!recorded.has(jobId)) yield `Batch job ${jobId} (${jobName}) is nobody's`
    if (status !== 'SUCCEEDED') yield `Batch job ${jobId} (${jobName}) is ${status}`
    const lost = attempts.slice(0, -1).filter(({ statusReason }) => !statusReason?.startsWith('Host EC2'))
    if (lost.length > 0) yield `Batch job ${jobId} (${jobName}) was tried again without need`
  }
  if (recorded.size !== batch.length) yield `${recorded.size} jobs are recorded, Batch has ${batch.length}`
}

function* wrongMarks({ marks, kills, runs }: Evidence): Generator<string> {
  const seen = new Set<string>()
  const ends = new Map<string, Mark>()
  const jobIds = new Map<string, string>()
  for (const mark of [...marks].sort((a, b) => a.at - b.at)) {
    const name = `${mark.runId} ${mark.job}`
    const attempt = `${mark.what} ${name} ${mark.attempt}`
    if (seen.has(attempt)) yield `${attempt} was marked twice`
    seen.add(attempt)
    if ((jobIds.get(name) ?? mark.jobId) !== mark.jobId) yield `${name} ran as two Batch jobs`
    jobIds.set(name, mark.jobId)
    const end = ends.get(name)
    if (mark.what === 'done') ends.set(name, mark)
    else if (end !== undefined && !kills.some(at => at >= end.at - DYING && at <= end.at + UNRECORDED))
      yield `${name} ran again though it had finished`
  }
  for (const { run, jobs } of runs)
    for (const { job } of jobs)
      if (!ends.has(`${run.runId} ${job}`)) yield `${run.runId} ${job} is said to have ended and never did`
}
