import { readStackWorkflows } from './stack-workflows.ts'

/** Checks workflow files and prints everything that is wrong with them; exit code 2 if anything is. */
export function validateFiles(paths: readonly string[]): void {
  const { workflows, text, hasErrors } = readStackWorkflows(paths, 'name another path')
  if (text !== '') process.stderr.write(`${text}\n`)
  if (hasErrors) {
    process.exitCode = 2
    return
  }
  const lines = workflows.map(({ name, jobs }) => `${name}: ${Object.keys(jobs).length} jobs, fine`)
  process.stdout.write(`${lines.join('\n')}\n`)
}
