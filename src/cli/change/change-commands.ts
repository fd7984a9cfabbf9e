import type { Command } from 'commander'
import { pairOf, withConnection, withJson } from '../options.ts'
import type { ChangeFlags } from './change-flags.ts'
import type { RetryFlags } from './retry-run.ts'

/** `batchwise cancel`: stops a run. */
export function addCancelCommand(program: Command): void {
  const command = program
    .command('cancel')
    .description('stop a run: its jobs are ended, nothing more is submitted')
    .argument('<run>', 'id of the run, or its first letters')
    .option('--yes', 'do not ask')
  withJson(withConnection(command))
    .addHelpText(
      'after',
      `
Examples:
  batchwise cancel 7gkvhobu
  batchwise cancel 7gkvhobu --yes --stage prod

JSON:
  { "runId", "status" }`,
    )
    .action(async (run: string, flags: ChangeFlags) =>
      (await import('./cancel-run.ts')).cancelRun(run, flags),
    )
}

/** `batchwise retry`: goes on with a run that has ended. */
export function addRetryCommand(program: Command): void {
  const command = program
    .command('retry')
    .description(
      'go on with a run that has ended: what did not succeed runs again, and all that stands on it',
    )
    .argument('<run>', 'id of the run, or its first letters')
    .option('--from <job>', 'this job too, though it succeeded, and all behind it; may be repeated', listOf)
    .option('--failed-items', 'failed items of arrays also where `tolerate` passed over them')
    .option('--set <name=value>', 'another value of a parameter; may be repeated', pairOf)
    .option('--with-current-definition', 'follow the workflow as it is deployed now')
    .option('--wait', 'watch it, and end with its exit code')
    .option('--yes', 'do not ask')
  withJson(withConnection(command))
    .addHelpText(
      'after',
      `
Of an array of items, lines or objects only the items that failed are submitted, an array by size as a whole; an array
that --from names runs as a whole, and reads its items anew.

Jobs that succeeded keep their results, unless the request that would be sent now differs from the one that was sent
then: by --set, by the current definition, or because a job before it runs again.

Examples:
  batchwise retry 7gkvhobu
  batchwise retry 7gkvhobu --from clean --set gapMinutes=10
  batchwise retry 7gkvhobu --failed-items
  batchwise retry 7gkvhobu --with-current-definition --yes --wait

JSON:
  { "runId", "epoch", "submitted": jobs, "kept": jobs, "items": { job: { "failed", "of" } } }`,
    )
    .action(async (run: string, flags: RetryFlags) => (await import('./retry-run.ts')).retryRun(run, flags))
}

function listOf(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text]
}
