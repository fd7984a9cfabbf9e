import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'

/** `batchwise reference`: docs/command.md, made from the help of every command. */
export function addReferenceCommand(program: Command): void {
  program
    .command('reference', { hidden: true })
    .description('print the reference of all commands as Markdown')
    .option('--write', 'write it to docs/command.md')
    .action(async ({ write }: { readonly write?: boolean }) => {
      const { commandReference } = await import('./command-reference.ts')
      const text = commandReference(program)
      if (write) writeFileSync('docs/command.md', text)
      else process.stdout.write(text)
    })
}
