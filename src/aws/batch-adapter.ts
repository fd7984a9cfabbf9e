import {
  type BatchClient,
  DescribeJobsCommand,
  ListJobsCommand,
  SubmitJobCommand,
  type SubmitJobCommandInput,
  TerminateJobCommand,
} from '@aws-sdk/client-batch'
import { jobChangeOf } from '../core/event/job-state-change.ts'
import type { BatchPort, ListedJob, SubmitOutcome } from '../ports.ts'
import { failedChildrenWith } from './failed-children.ts'

/**
 * AWS Batch through the SDK. Its parts are functions of their own, so that the bundle of a Lambda that does not submit
 * holds no SubmitJob, and its role need not allow it.
 *
 * @param once sends SubmitJob; a client that never repeats a call by itself
 * @param patient sends everything else, which may be repeated
 */
export function createBatch(once: BatchClient, patient: BatchClient): BatchPort {
  return {
    submit: submitWith(once),
    describe: describeWith(patient),
    list: listWith(patient),
    failedChildren: failedChildrenWith(patient),
    terminate: terminateWith(patient),
  }
}

function submitWith(client: BatchClient): BatchPort['submit'] {
  return async request => {
    try {
      const { jobId } = await client.send(new SubmitJobCommand(request as SubmitJobCommandInput))
      return jobId === undefined
        ? { type: 'unknown', reason: 'the answer has no jobId' }
        : { type: 'accepted', jobId }
    } catch (error) {
      return outcomeOf(error)
    }
  }
}

export function describeWith(client: BatchClient): BatchPort['describe'] {
  return async jobIds => {
    const { jobs = [] } = await client.send(new DescribeJobsCommand({ jobs: [...jobIds] }))
    return jobs.flatMap(job => jobChangeOf({ ...job }) ?? [])
  }
}

export function listWith(client: BatchClient): BatchPort['list'] {
  return async (queue, jobName) => {
    const found: ListedJob[] = []
    const filters = [{ name: 'JOB_NAME', values: [jobName] }]
    let nextToken: string | undefined
    do {
      const page = await client.send(new ListJobsCommand({ jobQueue: queue, filters, nextToken }))
      for (const job of page.jobSummaryList ?? []) {
        // The filter ignores case; our names are lower case throughout.
        const { jobId, createdAt = 0, arrayProperties: { size } = {} } = job
        if (job.jobName === jobName && jobId)
          found.push({ jobId, createdAt, ...(size !== undefined && { size }) })
      }
      nextToken = page.nextToken
    } while (nextToken !== undefined)
    return found.sort((a, b) => a.createdAt - b.createdAt || (a.jobId < b.jobId ? -1 : 1))
  }
}

export function terminateWith(client: BatchClient): BatchPort['terminate'] {
  return async (jobId, reason) => {
    await client.send(new TerminateJobCommand({ jobId, reason }))
  }
}

/** Errors of a call that certainly never left this machine. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])
const NO_CREDENTIALS = new Set(['CredentialsProviderError', 'TokenProviderError'])

/** What an error says about the one question: was a job made? 429 is not modelled by the SDK and comes by its name. */
function outcomeOf(error: unknown): SubmitOutcome {
  const { name, message, code, status } = factsOf(error)
  const reason = `${name}: ${message}`.slice(0, 300)
  if (NOT_SENT.has(code) || NO_CREDENTIALS.has(name)) return { type: 'refused', again: true, reason }
  if (status === 429 || name === 'TooManyRequestsException' || name === 'ThrottlingException') {
    return { type: 'refused', again: true, reason }
  }
  if (status !== undefined && status >= 400 && status < 500) return { type: 'refused', again: false, reason }
  return { type: 'unknown', reason }
}

function factsOf(error: unknown): {
  name: string
  message: string
  code: string
  status: number | undefined
} {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), code: '', status: undefined }
  const { code, $metadata } = error as { code?: unknown; $metadata?: { httpStatusCode?: number } }
  const answered = $metadata?.httpStatusCode
  return {
    name: error.name,
    message: error.message,
    code: typeof code === 'string' ? code : '',
    status: answered,
  }
}
