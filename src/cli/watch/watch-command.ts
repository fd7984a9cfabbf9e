import type { Command } from 'commander'
import { type PrintFlags, withConnection, withJson, withUtc } from '../options.ts'

/** `batchwise watch`: a run, live. */
export function addWatchCommand(program: Command): void {
  const command = program
    .command('watch')
    .description('show a run live until it has ended; exit code 0 if it succeeded, 1 if not')
    .argument('<run>', 'id of the run, or its first letters')
  withUtc(withJson(withConnection(command)))
    .addHelpText(
      'after',
      `
On a terminal the run is drawn anew in its place; without one each change is a line. Ctrl-C leaves the run alone.

Examples:
  batchwise watch 7gkvhobu
  batchwise watch 7gkvhobu > changes.log && echo fine

JSON:
  one line for each change, of the shape that \`show\` prints, without its last two members`,
    )
    .action(async (run: string, flags: PrintFlags) => (await import('./watch-run.ts')).watchRun(run, flags))
}
