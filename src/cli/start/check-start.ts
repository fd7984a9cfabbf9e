import { statSync } from 'node:fs'
import { BatchwiseError } from '../../core/errors.ts'
import { type Definition, defineWorkflow } from '../../core/run/definition.ts'
import { manualFacts } from '../../core/run/manual-trigger.ts'
import { planRun } from '../../core/run/plan.ts'
import { unknownWorkflow } from '../choose-workflow.ts'
import type { Connection } from '../connection.ts'
import { deployedDefinitions } from '../deployed-workflows.ts'
import { plannedRun } from '../plan/planned-run.ts'
import { readStackWorkflows } from '../stack-workflows.ts'
import { mendOfMissing } from './missing-value.ts'
import { notYetRead } from './newer-file.ts'
import type { StartFlags } from './start-run.ts'

/**
 * Refuses what the service would refuse, before anything is sent: by the workflows that local mode runs, or those in the
 * folder here. Where there are none to be read, the service alone decides.
 *
 * @throws BatchwiseError E_WORKFLOW_UNKNOWN, E180, E_PLAN
 */
export function checkStart(
  name: string,
  { workflows: folder, object, param = {} }: StartFlags,
  connection: Connection,
  now: number,
): void {
  const { stackName } = connection.names
  const definitions = deployedDefinitions(connection) ?? definitionsIn(folder, stackName)
  if (definitions === undefined) return
  const definition = definitions.find(({ workflow }) => workflow.name === name)
  if (definition === undefined) {
    const known = definitions.map(({ workflow }) => workflow)
    throw (connection.isLocal ? notYetRead(name, folder) : undefined) ?? unknownWorkflow(name, known)
  }
  const { run } = plannedRun(definition, object, param, now)
  const trigger = manualFacts(definition.workflow, object, now)
  const { jobs } = planRun({ ...run, trigger }, definition, stackName)
  const first = jobs.find(({ problem }) => problem !== undefined)
  if (first === undefined) return
  const mend =
    first.lookUp === undefined ? undefined : mendOfMissing(definition.workflow, first.lookUp, object)
  const problem = `Job "${first.job}" could not be submitted: ${first.problem}`
  throw new BatchwiseError('E_PLAN', mend === undefined ? problem : `${problem} ${mend}`)
}

/** With the names of local mode: in a stage they are others, but the same ones are there. */
function definitionsIn(folder: string, stackName: string): readonly Definition[] | undefined {
  if (!isThere(folder) || !isThere('serverless.yml')) return undefined
  const { workflows, hasErrors, stack } = readStackWorkflows([folder])
  return hasErrors ? undefined : workflows.map(workflow => defineWorkflow(workflow, stackName, stack))
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}
