import * as z from 'zod/mini'

/** Exit reasons that `retry.on` knows by name. */
const retryReasons = ['spot', 'imagePull', 'oom', 'hostLost'] as const

const PATTERN = /^[A-Za-z0-9.:\s]*\*?$/

const pattern = (subject: string) =>
  z.string({ error: 'a text' }).check(
    z.minLength(1, { error: 'a pattern, like `Host EC2*`' }),
    z.maxLength(512, { error: 'a pattern of at most 512 characters' }),
    z.regex(PATTERN, {
      error: 'a pattern of letters, digits, `.`, `:` and spaces, with one `*` at its end if any',
    }),
    z.describe(`Matches ${subject}; a \`*\` at the end matches any rest`),
  )

export const EvaluateOnExit = z
  .strictObject({
    onStatusReason: z.optional(pattern("the attempt's statusReason, like `Host EC2*`")),
    onReason: z.optional(pattern("the container's reason, like `OutOfMemory*`")),
    onExitCode: z.optional(
      z
        .string({ error: 'a quoted exit code, like "137" or "1*"' })
        .check(
          z.regex(/^\d{1,10}\*?$|^\*$/, { error: 'digits with one `*` at their end if any, like "1*"' }),
          z.describe('Matches the exit code, like "137" or "1*"'),
        ),
    ),
    action: z
      .enum(['RETRY', 'EXIT', 'retry', 'exit'], { error: 'RETRY or EXIT' })
      .check(z.describe('What Batch does when all patterns of this rule match')),
  })
  .check(
    z.refine(rule => Object.keys(rule).length > 1, {
      error: 'a rule with `onStatusReason`, `onReason` or `onExitCode`',
    }),
    z.describe('One rule; the first that matches decides'),
  )

const RETRY_REASON = 'spot, imagePull, oom, hostLost or an exit code from 1 to 255'
const RetryReason = z.union(
  [
    z.enum(retryReasons),
    z.int().check(z.minimum(1, { error: RETRY_REASON }), z.maximum(255, { error: RETRY_REASON })),
  ],
  { error: RETRY_REASON },
)

/** `retry` as a workflow file has it. */
export const Retry = z
  .strictObject(
    {
      attempts: z
        .int({ error: 'a whole number from 1 to 10' })
        .check(
          z.minimum(1, { error: 'a whole number from 1 to 10' }),
          z.maximum(10, { error: 'a whole number from 1 to 10' }),
          z.describe('All attempts together, the first one included: 1 to 10'),
        ),
      on: z.optional(
        z
          .array(RetryReason, { error: 'a list, like [spot, imagePull, 137]' })
          .check(
            z.minLength(1, { error: 'at least one reason, or leave `on` out to retry after any' }),
            z.describe('Retry only after these: spot, imagePull, oom, hostLost or exit codes'),
          ),
      ),
      evaluateOnExit: z.optional(
        z
          .array(EvaluateOnExit, { error: 'a list of rules' })
          .check(
            z.minLength(1, { error: 'at least one rule' }),
            z.maxLength(5, { error: 'at most 5 rules' }),
            z.describe('Rules as AWS Batch has them, instead of `on`'),
          ),
      ),
    },
    { error: 'attempts with reasons, like { attempts: 3, on: [spot] }' },
  )
  .check(z.describe('When an attempt that failed is made again'))

export type RetryOptions = z.infer<typeof Retry>
