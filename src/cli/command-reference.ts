import type { Command } from 'commander'

const WIDTH = 110

const INTRODUCTION = `# The command

\`npx batchwise\`; from a clone \`npm run batchwise --\`. This page is the help of every command, written by
\`npm run batchwise -- reference --write\`.

**Installed.** \`npm link\` in a clone puts \`batchwise\` on the PATH (Node.js 22.18 or newer; it runs the sources).
\`npm pack\` makes an archive that \`npm install ./batchwise-*.tgz\` puts into any project: one bundle of the command, and
the stack's functions. Every command works there. In a folder without a serverless.yml of its own local mode runs
the stack that came with the command, with the workflow files of the folder; \`npx batchwise local --example --once\` needs
nothing in the folder at all. To deploy you need a clone.

**Which stack.** Without more words, commands work on the local mode that runs in the same folder (\`--data\` names
another one's data folder, \`--endpoint-url\` its address). \`--stage dev\` works on a stage in AWS, with the credentials
and the region that the AWS CLI would use, or \`--profile\` and \`--region\`. Nothing in AWS is asked unless a stage is
named.

**Ids** of runs may be shortened to their first letters, two at least, while they fit one run only.

**Output.** Tables fit the terminal and are coloured there; in a pipe they are whole and plain. \`NO_COLOR\` turns colours
off, \`FORCE_COLOR\` on. \`--json\` prints a stable shape: later versions add members, and take none away. Times are those
of this machine; \`--utc\`, and \`--json\` always, have them in UTC.

**Exit codes.** 0 fine; 1 the work failed (a run that was waited for did not succeed, a check found something); 2 wrong
usage or input; 3 the environment (no local mode, no credentials, access denied, stack not deployed, no network). Errors
are one line with what to do; \`--debug\` adds the stack trace. [errors.md](errors.md) lists the codes.

**Gotchas.** \`logs\` reads the last submission of a job, and \`--attempt\` counts within it: the record keeps the job id of
the last submission only. AWS Batch itself knows earlier ones for about a week (\`batchwise jobs\` lists their ids, the
last number of a job's name is its submission), CloudWatch Logs as long as the log group keeps them. After a retry of
some items, children count those items from 0; one item alone is a plain job, without children. An execution of Step
Functions has a history and no log.
`

/** The page of the documentation that lists all commands. */
export function commandReference(program: Command): string {
  const commands = program.commands.filter(command => !isHidden(command))
  return [
    INTRODUCTION,
    ...commands.map(command => `## ${command.name()}\n\n\`\`\`text\n${helpOf(command)}\n\`\`\`\n`),
  ].join('\n')
}

function isHidden(command: Command): boolean {
  return !command.parent?.createHelp().visibleCommands(command.parent).includes(command)
}

/** As \`--help\` prints it, always of the same width. */
function helpOf(command: Command): string {
  let text = ''
  command.configureOutput({
    writeOut: part => {
      text += part
    },
    getOutHelpWidth: () => WIDTH,
    getOutHasColors: () => false,
  })
  command.outputHelp()
  return text.trimEnd()
}
