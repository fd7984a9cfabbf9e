import { CommanderError } from 'commander'
import { failWith } from './failure.ts'
import { createProgram } from './program.ts'
import { endQuietlyWhenUnread } from './terminal/unread.ts'

async function main(): Promise<void> {
  endQuietlyWhenUnread(process.stdout)
  const program = createProgram()
  for (const command of [program, ...program.commands]) command.exitOverride()
  try {
    await program.parseAsync()
    // Connections that the clients keep open must not keep the process.
    process.exit(process.exitCode ?? 0)
  } catch (error) {
    // commander has printed its message; wrong usage is 2, help that was asked for is 0.
    if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2)
    failWith(error)
  }
}

// Not awaited: the published bundle is CommonJS, so that what a command does not need is not loaded.
void main()
