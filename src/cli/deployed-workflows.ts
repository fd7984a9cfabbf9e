import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Definition, defineWorkflow } from '../core/run/definition.ts'
import type { Workflow } from '../core/workflow/workflow.ts'
import { localStack } from '../local/stack/local-names.ts'
import { readServerlessStack } from '../local/stack/serverless-stack.ts'
import type { Connection } from './connection.ts'
import { stackFolder } from './stack-folder.ts'

/**
 * The definitions that the functions of local mode have: as its data folder keeps them. Undefined for a stage, which
 * tells nobody what it has, and for a local mode whose folder is elsewhere.
 */
export function deployedDefinitions({
  isLocal,
  dataFolder,
  names,
}: Connection): readonly Definition[] | undefined {
  const file = join(dataFolder, 'workflows.json')
  if (!isLocal || statSync(file, { throwIfNoEntry: false }) === undefined) return undefined
  const workflows = JSON.parse(readFileSync(file, 'utf8')) as readonly Workflow[]
  const stack = localStack(readServerlessStack(stackFolder()).stackNames)
  return workflows.map(workflow => defineWorkflow(workflow, names.stackName, stack))
}
