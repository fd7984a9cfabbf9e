import { type Command, InvalidArgumentError, Option } from 'commander'
import { pastTimeOf, withConnection, withJson } from '../options.ts'
import type { BackfillFlags } from './backfill.ts'

/** `batchwise backfill`: existing objects through the same triggers. */
export function addBackfillCommand(program: Command): void {
  const command = program
    .command('backfill')
    .description(
      'start the runs that uploads of existing objects would have started; what has run is skipped',
    )
    .argument('<prefix>', 's3://bucket/prefix', prefixOf)
    .option('--workflow <name>', 'only runs of this workflow')
    .option(
      '--since <time>',
      'only objects modified since then: 90m, 36h, 2d before now, or a date',
      pastTimeOf,
    )
    .addOption(
      new Option('--rate <rate>', 'how many runs are started: 2/s, 30/m, 100/h')
        .argParser(intervalOf)
        .default(500, '2/s'),
    )
    .option('--dry-run', 'only list what would be started')
    .option('--workflows <folder>', 'where the workflow files are, for a stage', 'workflows')
  withJson(withConnection(command))
    .addHelpText(
      'after',
      `
An object has run when there is a run of its version; in a bucket without versions, of the same workflow, bucket, key
and etag. Ctrl-C stops between two objects, and the same command goes on from there. Runs are kept 90 days after their
end: objects backfilled after that run again.

Examples:
  batchwise backfill s3://batchwise-input/raw/2026/03/ --dry-run
  batchwise backfill s3://batchwise-input/raw/ --workflow access-points --since 7d --rate 30/m

JSON:
  { "objects", "matched", "started", "skipped", "interrupted", "dryRun" }`,
    )
    .action(async (place: ReturnType<typeof prefixOf>, flags: BackfillFlags) =>
      (await import('./backfill.ts')).backfill(place, flags),
    )
}

function prefixOf(text: string): { readonly bucket: string; readonly prefix: string } {
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(text) ?? []
  if (bucket === undefined) throw new InvalidArgumentError('Write it as s3://bucket/prefix.')
  return { bucket, prefix }
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 }

/** Milliseconds between two starts. */
function intervalOf(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,5})\/([smh])$/.exec(text) ?? []
  const interval = (UNITS[unit] ?? 0) / Number(count)
  if (Number.isFinite(interval) && interval > 0) return interval
  throw new InvalidArgumentError('Write it as 2/s, 30/m or 100/h.')
}
