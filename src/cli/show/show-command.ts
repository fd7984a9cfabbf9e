import type { Command } from 'commander'
import { type PrintFlags, withConnection, withJson, withUtc } from '../options.ts'

/** `batchwise show`: one run. */
export function addShowCommand(program: Command): void {
  const command = program
    .command('show')
    .description('show a run: its jobs with status, times and reasons, a timeline and its vCPU-hours')
    .argument('<run>', 'id of the run, or its first letters')
  withUtc(withJson(withConnection(command)))
    .addHelpText(
      'after',
      `
Examples:
  batchwise show 7gkvhobu
  batchwise show 7gkvhobu --json | jq '.jobs[] | select(.status == "FAILED") | .why'

The bars show when a job waited in AWS Batch (░) and ran (█). Attempts of an array are children that have ended.

JSON:
  { "run": { as \`runs\` has it, and "output" },
    "jobs": [{ "job", "status", "submission", "jobId", "attempts", "array", "failedItems", "part", "createdAt",
               "startedAt", "stoppedAt", "exitCode", "why", "statusReason", "logStream", "dependsOn" }],
    "vcpuHours", "reclaimedMinutes" }`,
    )
    .action(async (run: string, flags: PrintFlags) => (await import('./show-run.ts')).showRun(run, flags))
}
