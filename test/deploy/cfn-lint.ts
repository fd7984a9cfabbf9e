import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** A linter for CloudFormation that some machines have. Warnings are about what the Serverless Framework writes. */
export const cfnLint = {
  installed: spawnSync('cfn-lint', ['--version']).status === 0,

  errors(folder: string): string {
    const file = join(folder, 'cloudformation-template-update-stack.json')
    const args = ['--ignore-checks', 'W3005', '--', file]
    const { stdout, stderr, status } = spawnSync('cfn-lint', args, { encoding: 'utf8' })
    return status === 0 ? stdout : `${stdout}${stderr}It ended with ${status}.`
  },
}
