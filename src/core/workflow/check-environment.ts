import { type Draft, jobsOf } from './draft.ts'
import { shownName } from './escape-text.ts'
import { lookUpsOf } from './look-up.ts'
import type { Path, Problem } from './problem.ts'
import type { JobFile } from './workflow-schema.ts'

const RESERVED = /^(?:AWS_BATCH|BATCHWISE_)/i
const SECRET =
  /(?:secret|token|passwd|password|passphrase|credentials?|(?:api|secret|private|access)_?key)(?:_?\d+)?$/i

/** E140 and E141: names that Batch or Batchwise sets itself, and secrets for all to read. */
export function* checkEnvironment(draft: Draft): Generator<Problem> {
  yield* checkNames(['defaults', 'environment'], draft.file.defaults?.environment)
  for (const [name, job] of jobsOf(draft)) {
    yield* checkNames(['jobs', name, 'environment'], job.environment)
    yield* checkSecrets(name, job)
  }
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
      const mend = 'Keep it in Secrets Manager and name its ARN under `secrets`, or in the job definition.'
      yield { code: 'E141', path: [...path, name], message, mend }
    }
  }
}

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_Secret.html */
const SECRET_ARN = /^arn:[^:\s]+:(?:secretsmanager|ssm):\S+$/

/** E140 and E141: what AWS Batch reads a variable from is an ARN, and never the value itself. */
function* checkSecrets(job: string, { secrets = {}, environment = {} }: JobFile): Generator<Problem> {
  for (const [name, valueFrom] of Object.entries(secrets)) {
    const path = ['jobs', job, 'secrets', name]
    if (RESERVED.test(name) || Object.hasOwn(environment, name)) {
      const why = RESERVED.test(name) ? 'is reserved' : 'is in `environment`, too'
      const mend = 'Take another one.'
      yield { code: 'E140', path, at: 'key', message: `The name ${shownName(name)} ${why}.`, mend }
    } else if (!SECRET_ARN.test(valueFrom) && lookUpsOf(valueFrom).length === 0) {
      const message = `${shownName(name)} is not the ARN of a secret or a parameter.`
      const mend =
        'Write an ARN of Secrets Manager or Parameter Store; the value itself does not belong here.'
      yield { code: 'E141', path, message, mend }
    }
  }
}

function isLiteral(value: string): boolean {
  return value !== '' && !value.startsWith('arn:') && lookUpsOf(value).length === 0
}
