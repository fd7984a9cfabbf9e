import type { Command } from 'commander'
import type { InitFlags } from './write-workflow.ts'

/** `batchwise init`: a first workflow file. */
export function addInitCommand(program: Command): void {
  program
    .command('init')
    .description('write a workflow file, from questions on a terminal or from the options; never overwrites')
    .argument('[dir]', 'the project', '.')
    .option('--name <name>', 'name of the workflow: a-z, 0-9 and -')
    .option('--key <pattern>', 'keys of the input bucket that start it, for example in/{name}.jpg')
    .option('--image <image>', 'image of its first job')
    .option('--job-definition <name>', 'an existing job definition in place of an image')
    .addHelpText(
      'after',
      `
Examples:
  batchwise init
  batchwise init thumbnails --name thumbnails --key 'in/{name}.jpg' --image my/image:1`,
    )
    .action(async (dir: string, flags: InitFlags) =>
      (await import('./write-workflow.ts')).writeWorkflow(dir, flags),
    )
}
