import type { Command } from 'commander'
import { type PrintFlags, withConnection, withJson } from '../options.ts'

/** `batchwise doctor`: what is wrong with a stack. */
export function addDoctorCommand(program: Command): void {
  const command = program
    .command('doctor')
    .description(
      'check a stack: buckets, rules, schedules, queues, environments, job definitions with images and roles, dead letters, alerts; each problem with its mend',
    )
  withJson(withConnection(command))
    .addHelpText(
      'after',
      `
Exit code 1 if anything is wrong. Nothing is changed. What has nothing to be asked in local mode is listed as skipped. It looks
at what the newest runs follow.

Examples:
  batchwise doctor
  batchwise doctor --stage prod --json | jq '.checks[] | select(.findings != [])'

JSON:
  { "fine": true | false, "checks": [{ "check", "findings": [{ "problem", "mend" }] }], "skipped": checks }`,
    )
    .action(async (flags: PrintFlags) => (await import('./examine.ts')).examine(flags))
}
