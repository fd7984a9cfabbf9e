import { BatchwiseError } from '../core/errors.ts'
import { type Definition, defineWorkflow } from '../core/run/definition.ts'
import { didYouMean } from '../core/workflow/did-you-mean.ts'
import type { Workflow } from '../core/workflow/workflow.ts'
import { readStackWorkflows } from './stack-workflows.ts'

export interface ChosenWorkflow {
  readonly definition: Definition
  /** Warnings of the file, as a person reads them; empty if there are none. */
  readonly warnings: string
}

/**
 * A workflow by its name among the files of a folder, or by the path of its file, with the stack's names filled in.
 *
 * @throws BatchwiseError E_WORKFLOW_FILES, E_WORKFLOW_UNKNOWN, E_SERVERLESS_FILE
 */
export function chooseWorkflow(nameOrFile: string, folder: string, stackName: string): ChosenWorkflow {
  const isFile = /[/\\]|\.ya?ml$/.test(nameOrFile)
  const { workflows, text, hasErrors, stack } = isFile
    ? readStackWorkflows([nameOrFile], 'name another file')
    : readStackWorkflows([folder])
  const workflow = isFile ? workflows[0] : workflows.find(({ name }) => name === nameOrFile)
  if (workflow === undefined && hasErrors) {
    throw new BatchwiseError('E_WORKFLOW_FILES', `There are errors in the workflow files:\n${text}`)
  }
  if (workflow === undefined) throw unknownWorkflow(nameOrFile, workflows)
  return { definition: defineWorkflow(workflow, stackName, stack), warnings: hasErrors ? '' : text }
}

/** Names the workflows that there are, and the one that was probably meant. */
export function unknownWorkflow(name: string, workflows: readonly Workflow[]): BatchwiseError {
  const names = workflows.map(workflow => workflow.name)
  const meant = didYouMean(name, names)
  const mend = meant === undefined ? `There are: ${names.join(', ')}.` : `Did you mean "${meant}"?`
  return new BatchwiseError('E_WORKFLOW_UNKNOWN', `There is no workflow "${name.slice(0, 80)}". ${mend}`)
}
