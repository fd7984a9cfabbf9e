/** What Batch and the container's host said of a job that failed, or that is not placed. */
export interface SpokenReasons {
  readonly statusReason?: string
  readonly reason?: string
  readonly exitCode?: number
}

interface Sentence {
  readonly in: 'statusReason' | 'reason'
  readonly pattern: RegExp
  readonly text: string
  /** Followed by Batch's own words, which name who lacks what. */
  readonly quoted?: true
}

const PERMISSION = /AccessDenied|not authorized to perform/i

/**
 * Batch's own words, and what they mean. The first that fits counts; what stands in the container's reason is nearer to
 * the cause than the job's.
 */
const SENTENCES: readonly Sentence[] = [
  {
    in: 'reason',
    pattern: /unable to assume the role/i,
    text: 'its role cannot be assumed: check that it exists and trusts ecs-tasks.amazonaws.com',
    quoted: true,
  },
  { in: 'reason', pattern: PERMISSION, text: 'a permission is missing', quoted: true },
  { in: 'statusReason', pattern: PERMISSION, text: 'a permission is missing', quoted: true },
  { in: 'reason', pattern: /^OutOfMemory/, text: 'ran out of memory: raise `memory`' },
  {
    in: 'reason',
    pattern: /^CannotPullContainer/,
    text: 'its image could not be pulled: check the name, the tag and the network',
  },
  {
    in: 'reason',
    pattern: /^ResourceInitializationError/,
    text: 'its secrets, log group or network could not be set up: check the execution role',
  },
  {
    in: 'reason',
    pattern: /^CannotStartContainer/,
    text: 'its container could not be started: check the command and the entry point',
  },
  {
    in: 'statusReason',
    pattern: /^Host EC2/,
    text: 'its machine was taken away (a Spot reclaim, or the machine failed)',
  },
  {
    in: 'statusReason',
    pattern: /^Your Spot Task was interrupted/,
    text: 'its Spot capacity was taken back',
  },
  {
    in: 'statusReason',
    pattern: /^Job attempt duration exceeded timeout/,
    text: 'ran longer than its `timeout`',
  },
  { in: 'statusReason', pattern: /^Dependent Job failed/, text: 'did not run: a job it depends on failed' },
  { in: 'statusReason', pattern: /^Array Child Job failed/, text: 'at least one child of the array failed' },
  { in: 'statusReason', pattern: /^JobQueue deleted/, text: 'its queue was deleted' },
  {
    in: 'statusReason',
    pattern: /^Canceled by JobStateTimeLimit/,
    text: 'waited too long for a machine, and its queue gave it up',
  },
  {
    in: 'statusReason',
    pattern: /Container Overrides length/,
    text: 'its command and environment are too large: pass big inputs in a file',
  },
  {
    in: 'statusReason',
    pattern: /INSUFFICIENT_INSTANCE_CAPACITY/,
    text: 'AWS has no capacity of these instance types just now',
  },
  {
    in: 'statusReason',
    pattern: /COMPUTE_ENVIRONMENT_MAX_RESOURCE/,
    text: 'the compute environment is at its `maxvCpus`, or the job is larger than that',
  },
  {
    in: 'statusReason',
    pattern: /JOB_RESOURCE_REQUIREMENT/,
    text: 'no instance type of the compute environment is large enough for the job',
  },
  {
    in: 'statusReason',
    pattern: /EC2_INSTANCE_CONFIGURATION_UNSUPPORTED/,
    text: 'no instance type of the compute environment can be used in its subnets',
  },
  {
    in: 'statusReason',
    pattern: /SERVICE_ROLE_PERMISSIONS/,
    text: "the compute environment's service role lacks permissions",
  },
]

/** Exit codes by convention of shells and of containers. */
const EXIT_CODES: ReadonlyMap<number, string> = new Map([
  [126, 'its command is not executable (exit code 126)'],
  [127, 'its command is not in the image (exit code 127)'],
  [137, 'was killed (exit code 137): out of memory, or stopped from outside'],
  [139, 'crashed (exit code 139, segmentation fault)'],
  [143, 'was asked to end (exit code 143, SIGTERM)'],
])

/** Reasons that say only that the container ended; the exit code tells more. */
const SAYS_NOTHING = /^(Essential container in task exited|Task failed to start)$/

/** Why a job failed or waits, in words and with the mend where there is one; undefined when nothing was said. */
export function explainEnd({ statusReason, reason, exitCode }: SpokenReasons): string | undefined {
  const spoken = { statusReason, reason }
  for (const { in: place, pattern, text, quoted } of SENTENCES) {
    const words = spoken[place] ?? ''
    if (pattern.test(words)) return quoted ? `${text} (${words})` : text
  }
  const rest = [statusReason, reason]
    .filter(text => text !== undefined && !SAYS_NOTHING.test(text))
    .map((text, index, all) => (index < all.length - 1 ? text?.replace(/[.\s]+$/, '') : text))
  if (exitCode === undefined || exitCode === 0) return rest.length > 0 ? rest.join('; ') : statusReason
  const ended = EXIT_CODES.get(exitCode) ?? `exit code ${exitCode}`
  return [ended, ...rest].join('; ')
}

/** True when the machine was taken from the attempt: it failed by no fault of its own. */
export function wasReclaimed(statusReason: string | undefined): boolean {
  return /^(Host EC2|Your Spot Task was interrupted)/.test(statusReason ?? '')
}
