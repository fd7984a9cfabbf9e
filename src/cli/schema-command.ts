import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'

/** `batchwise schema`: the JSON Schema of workflow files, for editors. */
export function addSchemaCommand(program: Command): void {
  program
    .command('schema')
    .description('print the JSON Schema of workflow files')
    .option('--write', 'write it to workflow.schema.json')
    .action(async ({ write }: { readonly write?: boolean }) => {
      const { workflowJsonSchema } = await import('../core/workflow/workflow-schema.ts')
      const text = `${JSON.stringify(workflowJsonSchema(), null, 2)}\n`
      if (write) writeFileSync('workflow.schema.json', text)
      else process.stdout.write(text)
    })
}
