import { JobError } from '../job-error.mjs'

/** @typedef {import('./sigv4.mjs').Credentials} Credentials */
/** @typedef {Partial<Record<'AccessKeyId' | 'SecretAccessKey' | 'Token' | 'Expiration', string>>} RoleAnswer */

const CONTAINER_HOST = 'http://169.254.170.2'
const REFRESH_BEFORE = 5 * 60_000

/**
 * Gives the credentials for the next request: those of the environment, else those of the task's role, which ECS
 * (and so Batch) hands out on a link-local address and which are asked for again five minutes before they expire.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {string} [containerHost] where `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` leads
 * @returns {() => Promise<Credentials>} throws JobError if there are none
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 */
export function credentialsOf(env, containerHost = CONTAINER_HOST) {
  const fixed = environmentCredentials(env)
  if (fixed !== undefined) return async () => fixed
  const uri = env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI']
  if (uri === undefined) return noCredentials
  /** @type {{ credentials: Credentials, expires: number } | undefined} */
  let known
  return async () => {
    if (known === undefined || known.expires - REFRESH_BEFORE < Date.now())
      known = await roleCredentials(containerHost + uri)
    return known.credentials
  }
}

/**
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {Credentials | undefined}
 */
function environmentCredentials(env) {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env
  const sessionToken = env['AWS_SESSION_TOKEN']
  if (!accessKeyId || !secretAccessKey) return undefined
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) }
}

/** @returns {Promise<never>} */
async function noCredentials() {
  throw new JobError(
    'There are no AWS credentials. Give the job a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  )
}

/** @param {string} url */
async function roleCredentials(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(cause => {
    throw new JobError("The credentials of the task's role cannot be reached. Try again.", { cause })
  })
  if (!response.ok)
    throw new JobError(
      `The credentials of the task's role were refused with ${response.status}. Has the job a role?`,
    )
  return readRoleCredentials(/** @type {RoleAnswer} */ (await response.json()))
}

/** @param {RoleAnswer} answer */
function readRoleCredentials({ AccessKeyId, SecretAccessKey, Token, Expiration }) {
  if (!AccessKeyId || !SecretAccessKey || !Token)
    throw new JobError("The credentials of the task's role came incomplete. Has the job a role?")
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: Token }
  return { credentials, expires: Date.parse(Expiration ?? '') || Number.POSITIVE_INFINITY }
}
