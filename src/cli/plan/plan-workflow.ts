import { stackNames } from '../../aws/stack-names.ts'
import { BatchwiseError } from '../../core/errors.ts'
import { planRun } from '../../core/run/plan.ts'
import { matchObject } from '../../core/workflow/match-trigger.ts'
import type { Workflow } from '../../core/workflow/workflow.ts'
import { chooseWorkflow } from '../choose-workflow.ts'
import type { ObjectPlace } from '../object-uri.ts'
import { printJson } from '../terminal/print-json.ts'
import { openTerminal } from '../terminal/terminal.ts'
import { planLines } from './plan-lines.ts'
import { plannedRun } from './planned-run.ts'

export interface PlanFlags {
  readonly workflows: string
  readonly object?: ObjectPlace
  readonly param?: Readonly<Record<string, string>>
  readonly json?: boolean
}

/** Prints what a run of a workflow would do. Asks nothing of AWS or local mode. */
export function planWorkflow(nameOrFile: string, flags: PlanFlags): void {
  const { stackName } = stackNames('local')
  const { definition, warnings } = chooseWorkflow(nameOrFile, flags.workflows, stackName)
  const { workflow } = definition
  const { run, isSample } = plannedRun(definition, flags.object, flags.param ?? {}, Date.now())
  const plan = planRun(run, definition, stackName)
  const remarks = remarksOf(workflow, flags.object, isSample)
  if (flags.json) {
    printJson({ workflow: workflow.name, trigger: run.trigger, parameters: run.parameters, ...plan, remarks })
  } else {
    const terminal = openTerminal()
    const input = run.trigger.values['uri']
    terminal.print([
      `${workflow.name}: ${plan.jobs.length} jobs${input === undefined ? '' : ` for ${input}`}`,
      '',
      ...planLines(plan, workflow, terminal),
      ...(remarks.length > 0 ? ['', ...remarks] : []),
    ])
    if (warnings !== '') process.stderr.write(`${warnings}\n`)
  }
  const problems = plan.jobs.filter(({ problem }) => problem !== undefined)
  if (problems.length > 0) {
    const names = problems.map(({ job }) => job).join(', ')
    throw new BatchwiseError('E_PLAN', `These jobs could not be submitted: ${names}. The plan says why.`)
  }
}

function remarksOf(
  workflow: Workflow,
  object: ObjectPlace | undefined,
  isSample: boolean,
): readonly string[] {
  if (isSample) return ['The object is made up from the first trigger; name a real one with --object.']
  if (object === undefined) return []
  const starts = matchObject([workflow], { ...object, size: Number.MAX_SAFE_INTEGER }).length > 0
  if (starts) return []
  const objects = workflow.triggers.filter(trigger => trigger.type === 'object')
  const patterns = objects.map(({ bucket, key }) => `s3://${bucket}/${key}`).join(', ')
  return [`An upload of this object would not start the workflow: it waits for ${patterns || 'no object'}.`]
}
