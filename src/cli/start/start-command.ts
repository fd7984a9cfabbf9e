import type { Command } from 'commander'
import { objectOf } from '../object-uri.ts'
import { pairOf, withConnection, withJson } from '../options.ts'
import type { StartFlags } from './start-run.ts'

/** `batchwise start`: a run by hand. */
export function addStartCommand(program: Command): void {
  const command = program
    .command('start')
    .description('start a run by hand')
    .argument('<workflow>', 'name of the workflow')
    .option('--param <name=value>', 'a parameter of the run; may be repeated', pairOf)
    .option('--object <uri>', 'the object it works on, in place of an upload: s3://bucket/key', objectOf)
    .option('--wait', 'watch it, and end with its exit code')
    .option('--workflows <folder>', 'workflow files to check the request against', 'workflows')
  withJson(withConnection(command))
    .addHelpText(
      'after',
      `
The request is an event on the stack's own bus; it needs the permissions events:PutEvents and
events:DescribeEventBus on the bus and dynamodb:GetItem on the table.

Examples:
  batchwise start access-points --object s3://batchwise-input/raw/2026/03/02/20/a.json
  batchwise start access-points --object s3://batchwise-input/raw/2026/03/02/20/a.json --param gapMinutes=10 --wait

JSON:
  { "runId", "workflow" }`,
    )
    .action(async (workflow: string, flags: StartFlags) =>
      (await import('./start-run.ts')).startRun(workflow, flags),
    )
}
