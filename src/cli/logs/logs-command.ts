import type { Command } from 'commander'
import { countOf, withConnection, withJson, withUtc } from '../options.ts'
import type { LogsFlags } from './print-logs.ts'

/** `batchwise logs`: what jobs wrote. */
export function addLogsCommand(program: Command): void {
  const command = program
    .command('logs')
    .description(
      'print the log of a job; without a job the last lines of the one that failed, runs, or ran last',
    )
    .argument('<run>', 'id of the run, or its first letters')
    .argument('[job]', 'a job, or job:index for a child of an array (else the first child that failed)')
    .option('--follow', 'wait for more lines until the job has ended')
    .option('--attempt <number>', 'an earlier attempt, from 1', countOf)
    .option('--tail <number>', 'only so many last lines', countOf)
    .option('--timestamps', 'the time before each line')
  withUtc(withJson(withConnection(command)))
    .addHelpText(
      'after',
      `
Examples:
  batchwise logs 7gkvhobu
  batchwise logs 7gkvhobu visitors:3 --attempt 1
  batchwise logs 7gkvhobu report --follow

JSON:
  one line for each line of the log: { "job", "index", "time", "text" }`,
    )
    .action(async (run: string, job: string | undefined, flags: LogsFlags) =>
      (await import('./print-logs.ts')).printLogs(run, job, flags),
    )
}
