import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'

const DEFAULT_PORT = 4566
const DEFAULT_WORKFLOWS = 'workflows'

interface LocalFlags {
  readonly port: number
  readonly data: string
  readonly workflows: string
  readonly inbox: string
  readonly containers?: boolean
  readonly example?: boolean
  readonly once?: boolean
}

/** `batchwise local`: AWS on one port of this machine, with the stack of serverless.yml in it. */
export function addLocalCommand(program: Command): void {
  const command = program
    .command('local')
    .description('run everything on this machine: an AWS on one port, your workflows in it')
    .option('--port <number>', 'port on 127.0.0.1; the next free one if 4566 is taken', portOf, DEFAULT_PORT)
    .option('--data <folder>', 'where everything is kept', folderOf, '.batchwise')
    .option('--workflows <folder>', 'where the workflow files are', folderOf, DEFAULT_WORKFLOWS)
    .option('--inbox <folder>', 'files put here are uploaded to the input bucket', folderOf, 'inbox')
    .option('--containers', 'run jobs in Docker or Podman where their image is present there')
    .option('--example', 'feed the example of the access points')
    .option('--once', 'exit when the example has ended: 0 if it succeeded, 1 if not')
    .addHelpText(
      'after',
      '\nExamples:\n  batchwise local\n  batchwise local --port 5000 --data /tmp/batchwise\n  npm start -- --once',
    )
  command.action(async (flags: LocalFlags) => {
    const { runLocal } = await import('./run-local.ts')
    const { stackFolder } = await import('../stack-folder.ts')
    const root = stackFolder()
    await runLocal({
      root,
      port: { port: flags.port, asked: command.getOptionValueSource('port') === 'cli' },
      folder: resolve(flags.data),
      workflows: workflowsOf(flags, root),
      inbox: resolve(flags.inbox),
      containers: flags.containers ?? false,
      example: flags.example ?? false,
      once: flags.once ?? false,
    })
  })
}

/** The example brings its workflow file to a folder that has none. */
function workflowsOf({ workflows, example }: LocalFlags, root: string): string {
  return example && workflows === DEFAULT_WORKFLOWS && !existsSync(workflows)
    ? join(root, workflows)
    : workflows
}

function folderOf(text: string): string {
  if (text.trim() !== '') return text
  throw new InvalidArgumentError('It is empty: give a folder.')
}

function portOf(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new InvalidArgumentError('It is not a port: give a number from 0 to 65535.')
}
