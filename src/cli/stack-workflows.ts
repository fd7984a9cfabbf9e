import { readWorkflowFiles, type WorkflowFiles } from '../deploy/workflow-files.ts'
import { localStack } from '../local/stack/local-names.ts'
import { readServerlessStack } from '../local/stack/serverless-stack.ts'
import { stackFolder } from './stack-folder.ts'

/**
 * Reads workflow files against the names that the stack of this folder gives them.
 *
 * @throws BatchwiseError E_SERVERLESS_FILE, E_WORKFLOW_FILES
 */
export function readStackWorkflows(
  paths: readonly string[],
  elsewhere?: string,
): WorkflowFiles & { readonly stack: Readonly<Record<string, string>> } {
  const stack = localStack(readServerlessStack(stackFolder()).stackNames)
  const color = process.stderr.hasColors?.() ?? false
  return { ...readWorkflowFiles(paths, Object.keys(stack), color, elsewhere), stack }
}
