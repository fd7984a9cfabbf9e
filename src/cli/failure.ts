import { BatchwiseError } from '../core/errors.ts'
import { escapeText } from '../core/workflow/escape-text.ts'
import { explainAwsFailure } from './aws-failure.ts'

/** 0 fine, 1 the work failed, 2 wrong usage or input, 3 the environment. */
export type ExitCode = 0 | 1 | 2 | 3

const ENVIRONMENT: ReadonlySet<string> = new Set([
  'E_PORT',
  'E_DATA_FOLDER',
  'E_INBOX',
  'E_CONTAINERS',
  'E_S3_DAMAGED',
  'E_NO_STACK',
  'E_CREDENTIALS',
  'E_CREDENTIALS_EXPIRED',
  'E_REGION',
  'E_ACCESS_DENIED',
  'E_NOT_DEPLOYED',
  'E_REQUEST',
  'E_THROTTLED',
  'E_ENDPOINT',
])
const INPUT: ReadonlySet<string> = new Set([
  'E_SERVERLESS_FILE',
  'E_WORKFLOW_FILES',
  'E180',
  'E_USAGE',
  'E_STAGE',
  'E_RUN_UNKNOWN',
  'E_RUN_AMBIGUOUS',
  'E_RUN_STATUS',
  'E_JOB_UNKNOWN',
  'E_WORKFLOW_UNKNOWN',
  'E_PLAN',
  'E_FILE_EXISTS',
])

/** Says what went wrong and ends the process with the exit code for it. A stack trace only for `--debug` (or DEBUG). */
export function failWith(error: unknown): never {
  const told = explainAwsFailure(error) ?? error
  const text = told instanceof Error ? told.message : String(told)
  process.stderr.write(`batchwise: ${text.split('\n').map(escapeText).join('\n')}\n`)
  const debug = process.env['DEBUG'] !== undefined || process.argv.includes('--debug')
  if (debug && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  process.exit(exitCodeOf(told))
}

function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof BatchwiseError)) return 1
  if (ENVIRONMENT.has(error.code)) return 3
  return INPUT.has(error.code) ? 2 : 1
}
