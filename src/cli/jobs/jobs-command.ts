import type { Command } from 'commander'
import { countOf, oneOf, withConnection, withJson, withUtc } from '../options.ts'
import type { JobsFlags } from './list-batch-jobs.ts'

const STATUSES = ['SUBMITTED', 'PENDING', 'RUNNABLE', 'STARTING', 'RUNNING', 'SUCCEEDED', 'FAILED']

/** `batchwise jobs`: the queues of AWS Batch. */
export function addJobsCommand(program: Command): void {
  const command = program
    .command('jobs')
    .description('list jobs by queue and status as AWS Batch has them, whoever submitted them')
    .option('--queue <name>', 'only this queue')
    .addOption(oneOf('--status <status>', 'only this status; else all jobs that have not ended', STATUSES))
    .option('--limit <number>', 'how many at most of each queue', countOf, 50)
  withUtc(withJson(withConnection(command)))
    .addHelpText(
      'after',
      `
Examples:
  batchwise jobs
  batchwise jobs --queue default --status FAILED

JSON:
  { "jobs": [{ "queue", "jobId", "jobName", "status", "array", "createdAt", "startedAt", "stoppedAt", "statusReason",
               "exitCode" }] }`,
    )
    .action(async (flags: JobsFlags) => (await import('./list-batch-jobs.ts')).listBatchJobs(flags))
}
