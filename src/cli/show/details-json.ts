import { runJson } from '../runs/run-json.ts'
import { isoTime } from '../terminal/time.ts'
import type { JobDetails, RunDetails } from './run-details.ts'

/** A run with its jobs as `--json` prints it: a shape that later versions only add to. */
export function detailsJson({ run, output, jobs }: RunDetails) {
  return { run: { ...runJson(run), output }, jobs: jobs.map(jobJson) }
}

function jobJson(job: JobDetails) {
  return {
    job: job.name,
    status: job.status,
    submission: job.submission,
    jobId: job.jobId ?? null,
    attempts: job.attempts,
    array: job.array ?? null,
    failedItems: job.failedItems ?? null,
    part: job.part === undefined ? null : { of: job.part.total, indexes: job.part.indexes },
    createdAt: isoTime(job.createdAt) ?? null,
    startedAt: isoTime(job.startedAt) ?? null,
    stoppedAt: isoTime(job.stoppedAt) ?? null,
    exitCode: job.exitCode ?? null,
    why: job.why ?? null,
    statusReason: job.statusReason ?? null,
    logStream: job.logStream ?? null,
    dependsOn: job.dependsOn,
  }
}
