import { createHash } from 'node:crypto'
import { type Job, jobIdOf } from '../engine/job.ts'

/** What the environment of an attempt is made of besides the job itself. */
export interface Surroundings {
  /** The attempt's own folder. */
  readonly folder: string
  readonly attempt: number
  readonly computeEnvironment: string
  readonly region: string
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string
  /** Tells the jobs of this data folder from those of another. */
  readonly marker: string
  /** A folder of programs beside those of this machine. */
  readonly programs?: string
}

type Variables = Readonly<Record<string, string>>

const MARKER = 'BATCHWISE_LOCAL'

/** A short name for a data folder that does not tell where it is. */
export function markerOf(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 16)
}

/** The variables by which all processes of a data folder's jobs are found. */
export function markedBy(marker: string): Variables {
  return { [MARKER]: marker }
}

/** The variables by which the processes of one attempt are found. */
export function attemptVariables(job: Job, { marker, attempt }: Surroundings): Variables {
  return { [MARKER]: marker, AWS_BATCH_JOB_ID: jobIdOf(job), AWS_BATCH_JOB_ATTEMPT: String(attempt) }
}

/**
 * All that a process sees of its surroundings. Nothing of this machine's own environment but PATH and LANG; its AWS
 * credentials and settings least of all.
 */
export function processEnvironment(job: Job, surroundings: Surroundings): Variables {
  const { folder, programs } = surroundings
  const path = process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'
  return {
    PATH: programs === undefined ? path : `${path}:${programs}`,
    LANG: process.env['LANG'] ?? 'C.UTF-8',
    HOME: folder,
    TMPDIR: `${folder}/tmp`,
    ...jobEnvironment(job, surroundings),
    // For those programs: whoever started this had a Node, be it on the PATH or not.
    ...(programs !== undefined && { BATCHWISE_NODE: process.execPath }),
  }
}

/**
 * What a job is told, in a container as well. What keeps a job on this machine cannot be overridden by the job.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/job_env_vars.html
 */
export function jobEnvironment(job: Job, surroundings: Surroundings): Variables {
  const { region, endpoint } = surroundings
  const own = Object.fromEntries(job.spec.submission.environment.map(({ name, value }) => [name, value]))
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    ...own,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_BATCH_CE_NAME: surroundings.computeEnvironment,
    AWS_BATCH_JQ_NAME: job.spec.queue,
    ...attemptVariables(job, surroundings),
    ...arrayVariables(job),
  }
}

function arrayVariables(job: Job): Variables {
  if (job.index === undefined) return {}
  return {
    AWS_BATCH_JOB_ARRAY_INDEX: String(job.index),
    AWS_BATCH_JOB_ARRAY_SIZE: String(job.spec.arraySize ?? 0),
  }
}
