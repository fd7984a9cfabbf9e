import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** A linter for CloudFormation that some machines have. Warnings are about what the Serverless Framework writes. */
export const cfnLint = {
  installed: spawnSync('cfn-lint', ['--version']).status === 0,

  errors(folder: string): string {
    const file = join(folder, 'cloudformation-template-update-stack.json')
    const { stdout } = spawnSync('cfn-lint', ['--ignore-checks', 'W3005', '--', file], { encoding: 'utf8' })
    return stdout
  },
}
