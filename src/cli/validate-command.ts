import type { Command } from 'commander'

/** `batchwise validate`: all errors of workflow files at once; exit code 2 if there are any. */
export function addValidateCommand(program: Command): void {
  program
    .command('validate')
    .description('check workflow files: all errors at once, with line, column and the mend')
    .argument('[paths...]', 'files or folders', ['workflows'])
    .addHelpText('after', '\nExample:\n  batchwise validate workflows/access-points.yaml')
    .action(async (paths: readonly string[]) => (await import('./validate-files.ts')).validateFiles(paths))
}
