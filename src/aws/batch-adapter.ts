import {
  type BatchClient,
  DescribeJobsCommand,
  ListJobsCommand,
  SubmitJobCommand,
  type SubmitJobCommandInput,
  TerminateJobCommand,
} from '@aws-sdk/client-batch'
import { jobChangeOf } from '../core/event/job-state-change.ts'
import type { BatchPort, ListedJob } from '../ports.ts'
import { failedChildrenWith } from './failed-children.ts'
import { outcomeOf } from './submit-outcome.ts'

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
