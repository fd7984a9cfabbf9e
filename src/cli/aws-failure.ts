import { BatchwiseError } from '../core/errors.ts'

/** What the SDK and the network say when a call failed. */
interface Facts {
  readonly name: string
  readonly message: string
  /** Of the network: ECONNREFUSED and the like; on the error itself or on what it gathers. */
  readonly codes: readonly string[]
  readonly status: number | undefined
}

interface Explanation {
  readonly code: string
  readonly fits: (facts: Facts) => boolean
  readonly text: (facts: Facts) => string
}

const NO_ROUTE = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ECONNRESET',
  'ETIMEDOUT',
]
const CREDENTIALS = /^(CredentialsProviderError|TokenProviderError)$/
const EXPIRED = /^(ExpiredToken(Exception)?|RequestExpired)$/
const WRONG_KEYS =
  /^(UnrecognizedClientException|InvalidClientTokenId|SignatureDoesNotMatch|InvalidSignatureException|InvalidAccessKeyId|AuthFailure)$/
const DENIED =
  /^(AccessDenied(Exception)?|UnauthorizedOperation|NotAuthorized|AuthorizationError(Exception)?)$/
const THROTTLED =
  /^(Throttling(Exception)?|TooManyRequestsException|ProvisionedThroughputExceededException|SlowDown|RequestLimitExceeded)$/

/** The first that fits explains an error; all of them are of the environment (exit code 3). */
const EXPLANATIONS: readonly Explanation[] = [
  {
    code: 'E_CREDENTIALS_EXPIRED',
    fits: ({ name, message }) => EXPIRED.test(name) || (CREDENTIALS.test(name) && /expired/i.test(message)),
    text: () =>
      'Your AWS credentials have expired. Log in again (for example `aws sso login`), then repeat the command.',
  },
  {
    code: 'E_CREDENTIALS',
    fits: ({ name }) => CREDENTIALS.test(name),
    text: ({ message }) =>
      `There are no AWS credentials: ${firstSentence(message)} Name a profile with --profile, or log in with \`aws configure\` or \`aws sso login\`.`,
  },
  {
    code: 'E_CREDENTIALS',
    fits: ({ name }) => WRONG_KEYS.test(name),
    text: ({ name }) =>
      `AWS does not know these credentials (${name}). Check the profile, its keys and the region.`,
  },
  {
    code: 'E_REGION',
    fits: ({ message }) => /region is missing/i.test(message),
    text: () => 'No AWS region is set. Name one with --region, in the profile, or in AWS_REGION.',
  },
  { code: 'E_ACCESS_DENIED', fits: ({ name }) => DENIED.test(name), text: deniedText },
  {
    code: 'E_NOT_DEPLOYED',
    fits: ({ name, message }) =>
      /^ResourceNotFoundException$/.test(name) || /does not have the specified index/.test(message),
    text: ({ message }) =>
      `The stack is not deployed here, or is of another version: ${firstSentence(message)} Deploy it with \`npx serverless deploy --stage <stage>\`, or check --stage and --region.`,
  },
  {
    code: 'E_THROTTLED',
    fits: ({ name, status }) => THROTTLED.test(name) || status === 429,
    text: () =>
      'AWS is throttling this account, also after several tries. Wait a minute, then repeat the command.',
  },
  {
    code: 'E_ENDPOINT',
    fits: ({ codes, name }) => codes.some(code => NO_ROUTE.includes(code)) || name === 'TimeoutError',
    text: ({ codes, message }) =>
      `The endpoint cannot be reached (${codes.find(code => NO_ROUTE.includes(code)) ?? firstSentence(message)}). Is local mode running, and are --endpoint-url, --region and the network right?`,
  },
]

/** What a failed call to AWS means and what mends it; undefined for an error of another kind. */
export function explainAwsFailure(error: unknown): BatchwiseError | undefined {
  if (!(error instanceof Error) || error instanceof BatchwiseError) return undefined
  const facts = factsOf(error)
  const explanation = EXPLANATIONS.find(({ fits }) => fits(facts))
  return explanation && new BatchwiseError(explanation.code, explanation.text(facts), { cause: error })
}

/** IAM says `User: ... is not authorized to perform: dynamodb:Query on resource: arn:... because ...`. */
function deniedText({ message }: Facts): string {
  const [, action] = /not authorized to perform:? ([a-z0-9-]+:[A-Za-z]+)/.exec(message) ?? []
  const [, resource = '*'] = /on resource:? (arn:\S+)/.exec(message) ?? []
  if (action === undefined)
    return `AWS denied the call: ${firstSentence(message)} Ask for the permission it names.`
  const line = JSON.stringify({ Effect: 'Allow', Action: action, Resource: resource.replace(/[.,;]$/, '') })
  return `You may not call ${action}. This line in your policy allows it: ${line}`
}

function factsOf(error: Error): Facts {
  const { code, errors, $metadata } = error as {
    readonly code?: unknown
    readonly errors?: readonly unknown[]
    readonly $metadata?: { readonly httpStatusCode?: number }
  }
  const inner = Array.isArray(errors) ? errors.map(part => (part as { readonly code?: unknown }).code) : []
  return {
    name: error.name,
    message: error.message,
    codes: [code, ...inner].filter(part => typeof part === 'string'),
    status: $metadata?.httpStatusCode,
  }
}

function firstSentence(message: string): string {
  const [line = ''] = message.split('\n')
  const text = line.trim().slice(0, 200)
  return /[.!?]$/.test(text) ? text : `${text}.`
}
