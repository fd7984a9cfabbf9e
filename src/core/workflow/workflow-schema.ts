import * as z from 'zod/mini'
import { Environment, Job, JobQueue, Tags, Timeout } from './job-schema.ts'
import { Retry } from './retry-schema.ts'
import { Trigger } from './trigger-schema.ts'

const workflowName = /^[a-z][a-z0-9-]{0,39}$/
const jobName = /^[a-z][a-z0-9-]{0,31}$/
const PARAMETER_NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/

const MOST_TRIGGERS = 100

export const Parameter = z
  .strictObject(
    {
      type: z
        .enum(['string', 'number', 'boolean'], { error: 'string, number or boolean' })
        .check(z.describe('Type of its values')),
      default: z.optional(
        z
          .union([z.string(), z.number(), z.boolean()], { error: 'a text, a number or a boolean' })
          .check(z.describe('Value when none is given; without it the parameter is required')),
      ),
      description: z.optional(z.string({ error: 'a text' })),
    },
    { error: 'a declaration, like { type: number, default: 10 }' },
  )
  .check(z.describe('A typed parameter of the run'))

export const Defaults = z
  .strictObject(
    {
      timeout: z.optional(Timeout),
      retry: z.optional(Retry),
      jobQueue: z.optional(JobQueue),
      environment: z.optional(Environment),
      tags: z.optional(Tags),
    },
    { error: 'settings for every job, like { timeout: 1h }' },
  )
  .check(z.describe('What every job has that does not say otherwise; environment and tags are added up'))

const LIMIT = 'a whole number of runs, 1 or more'

export const Concurrency = z
  .strictObject(
    {
      limit: z
        .int({ error: LIMIT })
        .check(
          z.minimum(1, { error: LIMIT }),
          z.maximum(1000, { error: 'at most 1000 runs' }),
          z.describe('Runs at once; more wait as QUEUED'),
        ),
      by: z.optional(
        z
          .string({ error: 'a text with look-ups, like ${trigger.year}' })
          .check(z.describe('The limit is for each value of this; without it for all runs together')),
      ),
    },
    { error: 'a limit, like { limit: 4 }' },
  )
  .check(z.describe('How many runs may go on at once, the oldest first'))

const DEADLINE = 'seconds, or a text with a unit, like 12h'
const ALERT_KINDS = ['failed', 'stuck', 'late', 'missed', 'recovered'] as const
const STUCK_AFTER = 'seconds, or a text with a unit, like 30m'

export const Alerts = z
  .strictObject(
    {
      on: z.optional(
        z
          .array(z.enum(ALERT_KINDS, { error: `one of ${ALERT_KINDS.join(', ')}` }), {
            error: 'a list, like [failed, late]',
          })
          .check(z.describe('What people are told of. Default failed, stuck, late')),
      ),
      sms: z.optional(
        z
          .boolean({ error: 'true or false' })
          .check(z.describe('By text message too. Default false: e-mail only')),
      ),
      stuckAfter: z.optional(
        z
          .union([z.number(), z.string()], { error: STUCK_AFTER })
          .check(z.describe('How long the head of a queue may wait for a machine. Default 30m')),
      ),
    },
    { error: 'settings, like { on: [failed, late], sms: true }' },
  )
  .check(z.describe('Whom the failures of its runs reach, and how'))

/** A workflow file. Only the shape: what else must hold is in the `check-*.ts` files. */
export const WorkflowFile = z.strictObject(
  {
    workflow: z.string({ error: 'a name, like access-points' }).check(
      z.regex(workflowName, {
        error: 'a name of lower-case letters, digits and `-`, a letter first, at most 40',
      }),
      z.describe('Name, unique among the files'),
    ),
    description: z.optional(z.string({ error: 'a text' })),
    chaining: z.optional(
      z
        .enum(['auto', 'native', 'event'], { error: 'auto, native or event' })
        .check(
          z.describe(
            'How jobs follow each other: by Batch itself where it can (auto, default), only so, or by event',
          ),
        ),
    ),
    tags: z.optional(Tags),
    parameters: z.optional(
      z
        .record(
          z.string().check(
            z.regex(PARAMETER_NAME, {
              error: 'letters, digits, `_` and `-`, a letter or `_` first, at most 64',
            }),
          ),
          Parameter,
          { error: 'declarations by name' },
        )
        .check(z.describe('What a run is given: --param, event detail')),
    ),
    triggers: z.optional(
      z
        .array(Trigger, { error: 'a list of triggers' })
        .check(
          z.maxLength(MOST_TRIGGERS, { error: `at most ${MOST_TRIGGERS} triggers` }),
          z.describe('What starts a run; without any it is started by hand'),
        ),
    ),
    deadline: z.optional(
      z
        .union([z.number(), z.string()], { error: DEADLINE })
        .check(
          z.describe('Longest time of a run, queueing included; the alert `late` tells when it is passed'),
        ),
    ),
    alerts: z.optional(Alerts),
    concurrency: z.optional(Concurrency),
    defaults: z.optional(Defaults),
    jobs: z
      .record(
        z
          .string()
          .check(
            z.regex(jobName, { error: 'lower-case letters, digits and `-`, a letter first, at most 32' }),
          ),
        Job,
        { error: 'jobs by name' },
      )
      .check(z.describe('The jobs by name')),
  },
  { error: 'a workflow: `workflow: NAME`, then `jobs:`' },
)

export type WorkflowFile = z.infer<typeof WorkflowFile>
export type JobFile = z.infer<typeof Job>

/** The JSON Schema (draft-07) by which editors complete and check workflow files. */
export function workflowJsonSchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(WorkflowFile, { io: 'input', target: 'draft-07' })
  return { ...schema, title: 'Batchwise workflow' }
}
