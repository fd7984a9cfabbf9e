import type { Command } from 'commander'
import { objectOf } from '../object-uri.ts'
import { pairOf, withJson } from '../options.ts'
import type { PlanFlags } from './plan-workflow.ts'

/** `batchwise plan`: what would happen. */
export function addPlanCommand(program: Command): void {
  const command = program
    .command('plan')
    .description('show what a run would do: the order, each SubmitJob request, who chains the jobs and why')
    .argument('<workflow>', 'name of a workflow, or path of its file')
    .option('--object <uri>', 'the object that would start the run: s3://bucket/key', objectOf)
    .option('--param <name=value>', 'a parameter of the run; may be repeated', pairOf)
    .option('--workflows <folder>', 'where the workflow files are', 'workflows')
  withJson(command)
    .addHelpText(
      'after',
      `
Nothing is submitted, and neither AWS nor local mode is asked: queues and buckets have the names of local mode.

Examples:
  batchwise plan access-points
  batchwise plan workflows/access-points.yaml --object s3://batchwise-input/raw/2026/03/02/20/a.json --param gapMinutes=10
  batchwise plan access-points --json | jq '.jobs[].request'

JSON:
  { "workflow", "trigger", "parameters", "remarks",
    "jobs": [{ "job", "request": the input of SubmitJob, "execution": or that of
               StartExecution, "fallback": { "jobQueue", "retryStrategy" }, "problem",
               "requestBytes", "overridesBytes", "children", "atOnce",
               "edges": [{ "on", "kind": "native" | "event", "type", "why" }] }] }`,
    )
    .action(async (workflow: string, flags: PlanFlags) =>
      (await import('./plan-workflow.ts')).planWorkflow(workflow, flags),
    )
}
