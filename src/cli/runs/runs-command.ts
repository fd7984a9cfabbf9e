import type { Command } from 'commander'
import { countOf, oneOf, pastTimeOf, withConnection, withJson, withUtc } from '../options.ts'
import type { RunsFlags } from './list-runs.ts'

const RUN_STATUSES = [
  'COLLECTING',
  'QUEUED',
  'RUNNING',
  'CANCELLING',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
] as const

/** `batchwise runs`: the history. */
export function addRunsCommand(program: Command): void {
  const command = program
    .command('runs')
    .description('list runs, newest first')
    .option('--workflow <name>', 'only runs of this workflow')
    .addOption(oneOf('--status <status>', 'only runs of this status', RUN_STATUSES))
    .option('--since <time>', 'only runs created since then: 90m, 36h, 2d before now, or a date', pastTimeOf)
    .option('--limit <number>', 'how many at most', countOf, 20)
    .option('--after <run>', 'go on after this run: the next page')
  withUtc(withJson(withConnection(command)))
    .addHelpText(
      'after',
      `
Examples:
  batchwise runs
  batchwise runs --workflow access-points --status FAILED --since 2d
  batchwise runs --stage prod --json | jq '.runs[].runId'

JSON:
  { "runs": [{ "runId", "workflow", "status", "epoch", "createdAt", "finishedAt", "trigger", "parameters" }],
    "next": the run to give to --after, or null }`,
    )
    .action(async (flags: RunsFlags) => (await import('./list-runs.ts')).listRuns(flags))
}
