import { checkChains } from './check-chains.ts'
import { type Diagnostic, isError } from './diagnostic.ts'
import { shownName } from './escape-text.ts'
import { type ReadWorkflow, readWorkflow, type WorkflowContext } from './read-workflow.ts'
import type { Workflow } from './workflow.ts'

export interface WorkflowText {
  /** Name of the file, as messages have it. */
  readonly file: string
  readonly text: string | Uint8Array
}

export interface ReadWorkflows {
  /** Those without an error, in the order of the files. */
  readonly workflows: readonly Workflow[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads all workflow files of a project; a name may be given once. Never throws. */
export function readWorkflows(files: readonly WorkflowText[], context: WorkflowContext): ReadWorkflows {
  const owners = new Map<string, string>()
  const workflows: Workflow[] = []
  const diagnostics: Diagnostic[] = []
  const readings = new Map<string, ReadWorkflow>()
  for (const { file, text } of files) {
    const read = readWorkflow(text, file, context)
    const taken = takenName(read, file, owners)
    if (taken) diagnostics.push(taken)
    diagnostics.push(...read.diagnostics)
    if (!read.workflow || (taken && isError(taken))) continue
    workflows.push(read.workflow)
    readings.set(read.workflow.name, read)
  }
  const refused = new Set<string>()
  for (const { workflow, problem } of checkChains(workflows, [...owners.keys()])) {
    const located = readings.get(workflow)?.locate(problem)
    if (located) diagnostics.push(located)
    refused.add(workflow)
  }
  return { workflows: workflows.filter(({ name }) => !refused.has(name)), diagnostics }
}

function takenName(read: ReadWorkflow, file: string, owners: Map<string, string>): Diagnostic | undefined {
  const { name, namePlace } = read
  if (name === undefined || namePlace === undefined) return undefined
  const owner = owners.get(name)
  if (owner === undefined) {
    owners.set(name, file)
    return undefined
  }
  const message = `The workflow ${shownName(name)} is defined in ${shownName(owner)} already.`
  return {
    code: 'E113',
    severity: 'error',
    file,
    ...namePlace,
    path: 'workflow',
    message,
    mend: 'Give it another name.',
  }
}
