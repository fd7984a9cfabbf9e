import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { BatchwiseError } from '../../core/errors.ts'
import { readWorkflow } from '../../core/workflow/read-workflow.ts'

/** That a workflow which local mode does not have stands in a file of the folder; undefined where it does not. */
export function notYetRead(name: string, folder: string): BatchwiseError | undefined {
  const file = workflowFilesIn(folder).find(path => nameIn(path) === name)
  if (file === undefined) return undefined
  const message = `There is no workflow "${name}" in local mode: it is in ${file}, but local mode read its files at its start. Stop it, and start it again.`
  return new BatchwiseError('E_WORKFLOW_UNKNOWN', message)
}

function nameIn(file: string): string | undefined {
  return readWorkflow(readFileSync(file), file, { stackNames: [] }).name
}

function workflowFilesIn(folder: string): readonly string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return []
  return readdirSync(folder)
    .filter(name => /^[^.].*\.ya?ml$/.test(name))
    .map(name => join(folder, name))
    .filter(path => statSync(path).isFile())
    .sort()
}
