import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { BatchwiseError } from '../core/errors.ts'
import { type Diagnostic, isError } from '../core/workflow/diagnostic.ts'
import { formatDiagnostic } from '../core/workflow/format-diagnostic.ts'
import { readWorkflows } from '../core/workflow/read-workflows.ts'
import type { Workflow } from '../core/workflow/workflow.ts'

/** What was read, and what is to be said about it. */
export interface WorkflowFiles {
  readonly workflows: readonly Workflow[]
  readonly diagnostics: readonly Diagnostic[]
  /** All diagnostics as a person reads them, with source lines and carets. */
  readonly text: string
  readonly hasErrors: boolean
}

/** Editors keep their locks and copies in dot files: `.#thumbnails.yaml`. */
const WORKFLOW_FILE = /^[^.].*\.ya?ml$/

/**
 * Reads workflow files, and the `.yaml` and `.yml` files of folders. Folders inside these and dot files are left out.
 * `elsewhere` is how a person names other paths, for errors.
 *
 * @throws BatchwiseError E_WORKFLOW_FILES for a path that cannot be read or has no workflow file
 */
export function readWorkflowFiles(
  paths: readonly string[],
  stackNames: readonly string[],
  color: boolean,
  elsewhere = 'choose another path with --workflows',
): WorkflowFiles {
  const names = paths.flatMap(path => filesAt(path, elsewhere))
  const files = names.map(file => ({ file, text: reading(file, elsewhere, () => readFileSync(file)) }))
  const { workflows, diagnostics } = readWorkflows(files, { stackNames })
  const sources = new Map(files.map(({ file, text }) => [file, text.toString('utf8')]))
  const lines = diagnostics.map(diagnostic =>
    formatDiagnostic(diagnostic, sources.get(diagnostic.file) ?? '', { color }),
  )
  return { workflows, diagnostics, text: lines.join('\n'), hasErrors: diagnostics.some(isError) }
}

function filesAt(path: string, elsewhere: string): readonly string[] {
  if (!reading(path, elsewhere, () => statSync(path)).isDirectory()) return [path]
  const files = reading(path, elsewhere, () => readdirSync(path))
    .filter(name => WORKFLOW_FILE.test(name))
    .sort()
    .map(name => join(path, name))
    .filter(file => isNoFolder(file, elsewhere))
  if (files.length > 0) return files
  const message = `There is no workflow file (*.yaml) in ${path}. Write one, or ${elsewhere}.`
  throw new BatchwiseError('E_WORKFLOW_FILES', message)
}

function isNoFolder(path: string, elsewhere: string): boolean {
  const found = reading(path, elsewhere, () => statSync(path))
  if (found.isFile() || found.isDirectory()) return found.isFile()
  // A pipe would be waited for without end.
  const message = `${path} is no plain file. Mend or remove it, or ${elsewhere}.`
  throw new BatchwiseError('E_WORKFLOW_FILES', message)
}

/** What `read` gives; when it fails, the error names the path. */
function reading<Found>(path: string, elsewhere: string, read: () => Found): Found {
  try {
    return read()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const message = `${path} cannot be read: ${reason}. Mend or remove it, or ${elsewhere}.`
    throw new BatchwiseError('E_WORKFLOW_FILES', message, { cause })
  }
}
