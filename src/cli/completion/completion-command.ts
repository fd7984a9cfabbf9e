import { type Command, InvalidArgumentError } from 'commander'

const SHELLS = ['bash', 'zsh', 'fish'] as const

/** `batchwise completion`: what a shell needs to complete commands and options. */
export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .description('print a script that completes commands and options in bash, zsh or fish')
    .argument('<shell>', 'bash, zsh or fish', shellOf)
    .addHelpText(
      'after',
      `
Examples:
  echo 'source <(batchwise completion bash)' >> ~/.bashrc
  batchwise completion zsh > "\${fpath[1]}/_batchwise"
  batchwise completion fish > ~/.config/fish/completions/batchwise.fish`,
    )
    .action(async (shell: (typeof SHELLS)[number]) => {
      const { completionScript } = await import('./completion-script.ts')
      process.stdout.write(completionScript(program, shell))
    })
}

function shellOf(text: string): (typeof SHELLS)[number] {
  const shell = SHELLS.find(known => known === text)
  if (shell !== undefined) return shell
  throw new InvalidArgumentError('Give one of bash, zsh and fish.')
}
