import { type Draft, jobsOf } from './draft.ts'
import { shownName } from './escape-text.ts'
import { lookUpsOf } from './look-up.ts'
import type { Path, Problem } from './problem.ts'

const RESERVED = /^(?:AWS_BATCH|BATCHWISE_)/i
const SECRET =
  /(?:secret|token|passwd|password|passphrase|credentials?|(?:api|secret|private|access)_?key)(?:_?\d+)?$/i

/** E140 and E141: names that Batch or Batchwise sets itself, and secrets for all to read. */
export function* checkEnvironment(draft: Draft): Generator<Problem> {
  yield* checkNames(['defaults', 'environment'], draft.file.defaults?.environment)
  for (const [name, job] of jobsOf(draft)) yield* checkNames(['jobs', name, 'environment'], job.environment)
}

function* checkNames(
  path: Path,
  environment: Readonly<Record<string, string | number | boolean>> = {},
): Generator<Problem> {
  for (const [name, value] of Object.entries(environment)) {
    if (RESERVED.test(name)) {
      const message = `The name ${shownName(name)} is reserved.`
      const mend = 'Take one that does not begin with AWS_BATCH or BATCHWISE_.'
      yield { code: 'E140', path: [...path, name], at: 'key', message, mend }
    } else if (SECRET.test(name) && isLiteral(String(value))) {
      const message = `${shownName(name)} looks like a secret in plain text.`
      const mend =
        'Keep it in Secrets Manager and name its ARN under `secrets` of `containerProperties`, or of the job definition.'
      yield { code: 'E141', path: [...path, name], message, mend }
    }
  }
}

function isLiteral(value: string): boolean {
  return value !== '' && !value.startsWith('arn:') && lookUpsOf(value).length === 0
}
