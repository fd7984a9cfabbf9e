import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BatchwiseError } from '../../core/errors.ts'
import { formatDiagnostic } from '../../core/workflow/format-diagnostic.ts'
import { readWorkflow } from '../../core/workflow/read-workflow.ts'
import { workflowJsonSchema } from '../../core/workflow/workflow-schema.ts'
import { localStack } from '../../local/stack/local-names.ts'
import { openTerminal } from '../terminal/terminal.ts'
import { openQuestions, type Questions } from './ask.ts'
import { type FirstWorkflow, workflowText } from './workflow-text.ts'

export interface InitFlags {
  readonly name?: string
  readonly key?: string
  readonly image?: string
  readonly jobDefinition?: string
}

/** Writes a workflow file, and the schema beside it if there is none. What is there is never overwritten. */
export async function writeWorkflow(dir: string, flags: InitFlags): Promise<void> {
  if (flags.image !== undefined && flags.jobDefinition !== undefined) {
    throw new BatchwiseError('E_USAGE', 'Give --image or --job-definition, not both.')
  }
  const questions = openQuestions()
  const first = await chosen(flags, questions)
  questions.close()
  const file = join(dir, 'workflows', `${first.name}.yaml`)
  const text = checkedText(first, file)
  writeNew(join(dir, 'workflows'), file, text)
  const schema = join(dir, 'workflow.schema.json')
  if (!existsSync(schema)) writeFileSync(schema, `${JSON.stringify(workflowJsonSchema(), null, 2)}\n`)
  openTerminal().print([`Wrote ${file}. Next:`, `  batchwise plan ${file}`, '  batchwise local'])
}

async function chosen(flags: InitFlags, { ask }: Questions): Promise<FirstWorkflow> {
  const name = flags.name ?? (await ask('Name of the workflow', 'first'))
  const key = flags.key ?? (await ask('Keys of the input bucket that start it', 'in/{name}'))
  if (flags.jobDefinition !== undefined) {
    return { name, key, container: { type: 'jobDefinition', value: flags.jobDefinition } }
  }
  const value = flags.image ?? (await ask('Image of its first job', 'busybox'))
  return { name, key, container: { type: 'image', value } }
}

/** What the file would be refused for is told before it is written. */
function checkedText(first: FirstWorkflow, file: string): string {
  const text = workflowText(first)
  const { diagnostics, workflow } = readWorkflow(text, file, { stackNames: Object.keys(localStack({})) })
  if (workflow !== undefined) return text
  const told = diagnostics.map(diagnostic => formatDiagnostic(diagnostic, text, { color: false }))
  throw new BatchwiseError('E_USAGE', `That would be no workflow:\n${told.join('\n')}`)
}

function writeNew(folder: string, file: string, text: string): void {
  mkdirSync(folder, { recursive: true })
  try {
    writeFileSync(file, text, { flag: 'wx' })
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause) || cause.code !== 'EEXIST') throw cause
    throw new BatchwiseError('E_FILE_EXISTS', `${file} is there already. Choose another --name.`, { cause })
  }
}
