import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

const FILE = 'serverless.yml'

/**
 * The folder of the stack that local mode runs and that workflow files are checked against: the current one where it has a
 * serverless.yml, else the one that comes with this command, of a clone or of the package.
 */
export function stackFolder(): string {
  const here = process.cwd()
  return existsSync(join(here, FILE)) ? here : ownStackFolder(import.meta.dirname)
}

function ownStackFolder(folder: string): string {
  const above = dirname(folder)
  return existsSync(join(folder, FILE)) || above === folder ? folder : ownStackFolder(above)
}
