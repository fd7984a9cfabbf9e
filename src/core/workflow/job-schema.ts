import * as z from 'zod/mini'
import { Retry } from './retry-schema.ts'

const ENVIRONMENT_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/
const ENVIRONMENT_NAME_RULE = 'letters, digits and `_`, no digit first'
const SECRET = 'the ARN of a secret or a parameter'
const PARAMETER_NAME = /^[A-Za-z0-9_-]{1,64}$/

/** A text, or what YAML takes for a number or a boolean and we keep as it was written. */
const Text = z.union([z.string(), z.number(), z.boolean()], { error: 'a text' })

const described = (description: string, error: string) =>
  z.string({ error }).check(z.minLength(1, { error }), z.describe(description))

export const Environment = z
  .record(z.string().check(z.regex(ENVIRONMENT_NAME, { error: ENVIRONMENT_NAME_RULE })), Text, {
    error: 'names with values, like { LEVEL: info }',
  })
  .check(z.describe('Environment of the container'))

export const Tags = z
  .record(
    z
      .string()
      .check(
        z.regex(/^(?!aws:)[\s\S]{1,128}$/i, { error: '1 to 128 characters that do not begin with `aws:`' }),
      ),
    Text,
    { error: 'names with values, like { team: wifi }' },
  )
  .check(z.describe('Tags of the Batch job, passed on to its task'))

export const Timeout = z
  .union([z.number(), z.string()], { error: 'seconds, or a text with a unit, like 30m or 1h30m' })
  .check(z.describe('Longest time of one attempt: seconds, or with a unit (30m, 1h30m); at least 60 seconds'))

export const JobQueue = described('Job queue: name, ARN or look-up', 'a job queue, like ${stack.highQueue}')

const size = (description: string, example: string) =>
  z.union([z.number(), z.string()], { error: `a size, like ${example}` }).check(z.describe(description))

const boundedInt = (least: number, most: number, description: string, error: string) =>
  z.int({ error }).check(z.minimum(least, { error }), z.maximum(most, { error }), z.describe(description))

const DEPENDENCY = 'the name of a job, or { job: NAME, type: N_TO_N }'

export const JobDependency = z.strictObject({
  job: z.string({ error: 'the name of a job' }),
  type: z.optional(
    z
      .enum(['N_TO_N'], { error: 'N_TO_N, or leave it out; one child after another is `sequential: true`' })
      .check(z.describe('Child i waits for child i only')),
  ),
})

const Dependency = z.union([z.string(), JobDependency], { error: DEPENDENCY })

const ARRAY =
  'a number of children from 2 to 10000, or one of { items: [...] }, { lines: URI } and { objects: "s3://bucket/prefix/" }'

export const JobArrayItems = z.strictObject({
  items: z.optional(
    z
      .array(Text, { error: 'a list of texts' })
      .check(
        z.maxLength(10_000, { error: 'at most 10000 items; put several on a line' }),
        z.describe('A child for each'),
      ),
  ),
  lines: z.optional(
    described(
      'URI of a file: a child for each line; read when the dependencies have ended',
      'the URI of a file, like ${run.output}/regions.txt',
    ),
  ),
  objects: z.optional(
    described(
      'URI of a prefix: a child for each object; listed when the dependencies have ended',
      'the URI of a prefix, like s3://bucket/prefix/',
    ),
  ),
})

const JobArray = z
  .union(
    [z.int().check(z.minimum(2, { error: ARRAY }), z.maximum(10_000, { error: ARRAY })), JobArrayItems],
    { error: ARRAY },
  )
  .check(z.describe('An array job: 2 to 10000 children, or one for each item, line or object'))

const AFTER_SPOT = 'a whole number from 1 to 10'

const Fallback = z
  .strictObject(
    {
      afterSpot: z
        .int({ error: AFTER_SPOT })
        .check(
          z.minimum(1, { error: AFTER_SPOT }),
          z.maximum(10, { error: AFTER_SPOT }),
          z.describe("Attempts on the job's own queue: 1 to 10"),
        ),
      jobQueue: described('Queue of the attempts after them', 'a job queue, like ${stack.onDemandQueue}'),
    },
    { error: 'attempts and a queue, like { afterSpot: 2, jobQueue: "${stack.onDemandQueue}" }' },
  )
  .check(z.describe('Another queue for a job whose machines Spot takes away'))

const COMMAND = 'a list of texts that are not empty, like [node, main.mjs, "${trigger.uri}"]'

/** One job as a workflow file has it. */
export const Job = z
  .strictObject(
    {
      image: z.optional(
        described(
          'Container image; its job definition is registered for you',
          'an image, like ${stack.repository}:etl',
        ),
      ),
      jobDefinition: z.optional(
        described(
          'An existing job definition: name, name:revision or ARN',
          'a job definition, like aggregate:7',
        ),
      ),
      stateMachine: z.optional(
        described(
          'A state machine of Step Functions, by its ARN: the job is an execution of it',
          'the ARN of a state machine, or a look-up',
        ),
      ),
      input: z.optional(
        z
          .record(z.string(), z.unknown(), { error: 'names with values, like { run: "${run.id}" }' })
          .check(z.describe('Input of the execution; a value that is one whole look-up keeps its JSON type')),
      ),
      command: z.optional(
        z
          .array(
            z.union([z.string().check(z.minLength(1, { error: COMMAND })), z.number(), z.boolean()], {
              error: COMMAND,
            }),
            {
              error: COMMAND,
            },
          )
          .check(
            z.minLength(1, { error: COMMAND }),
            z.describe('Program and arguments; no shell is involved'),
          ),
      ),
      environment: z.optional(Environment),
      parameters: z.optional(
        z
          .record(
            z.string().check(z.regex(PARAMETER_NAME, { error: 'letters, digits, `_` and `-`, at most 64' })),
            Text,
            {
              error: 'names with values, like { floor: 10 }',
            },
          )
          .check(z.describe('Values of the `Ref::` placeholders of the job definition')),
      ),
      vcpu: z.optional(
        z
          .number({ error: 'a number of vCPUs, like 0.5 or 4' })
          .check(z.positive({ error: 'a number of vCPUs above 0, like 0.5 or 4' }), z.describe('vCPUs')),
      ),
      memory: z.optional(size('Memory: MiB, or with a unit (2GiB)', '2GiB or 2048 (MiB)')),
      gpu: z.optional(boundedInt(0, 64, 'GPUs; implies EC2', 'a whole number of GPUs')),
      platform: z.optional(
        z
          .enum(['FARGATE', 'EC2'], { error: 'FARGATE or EC2' })
          .check(z.describe('Where the container runs. Default FARGATE; EC2 with `gpu` or an EC2 queue')),
      ),
      architecture: z.optional(
        z.enum(['X86_64', 'ARM64'], { error: 'X86_64 or ARM64' }).check(z.describe('Default X86_64')),
      ),
      storage: z.optional(
        described(
          'Ephemeral storage on Fargate, with a unit: 21GiB to 200GiB',
          'a size with a unit, like 100GiB',
        ),
      ),
      jobRole: z.optional(
        described('Role of the container. Default ${stack.jobRole}', 'the ARN of a role, or a look-up'),
      ),
      executionRole: z.optional(
        described('Role that pulls the image and writes the log', 'the ARN of a role, or a look-up'),
      ),
      secrets: z.optional(
        z
          .record(
            z.string().check(z.regex(ENVIRONMENT_NAME, { error: ENVIRONMENT_NAME_RULE })),
            z.string({ error: SECRET }).check(z.minLength(1, { error: SECRET })),
            { error: 'names with ARNs, like { DB_PASSWORD: "arn:aws:secretsmanager:..." }' },
          )
          .check(
            z.describe('Environment variables that AWS Batch fills from Secrets Manager or Parameter Store'),
          ),
      ),
      containerProperties: z.optional(
        z
          .record(z.string(), z.unknown(), { error: 'properties as Batch has them' })
          .check(z.describe('Anything else of containerProperties as AWS Batch knows it, merged last')),
      ),
      jobQueue: z.optional(JobQueue),
      fallback: z.optional(Fallback),
      dependsOn: z.optional(
        z
          .array(Dependency, { error: 'a list of jobs, like [clean]' })
          .check(z.describe('Jobs that come before: a name, or { job, type: N_TO_N }')),
      ),
      array: z.optional(JobArray),
      tolerate: z.optional(
        z
          .union([z.number(), z.string()], { error: 'a number of children or a share, like 5%' })
          .check(
            z.describe(
              'Children of the array that may fail: a number, or a share (5%); the job then counts as succeeded',
            ),
          ),
      ),
      sequential: z.optional(
        z
          .boolean({ error: 'true or false' })
          .check(z.describe('Children of the array run one after another')),
      ),
      timeout: z.optional(Timeout),
      retry: z.optional(Retry),
      when: z.optional(
        z
          .enum(['success', 'failure', 'always'], { error: 'success, failure or always' })
          .check(z.describe('Runs when its dependencies all succeeded (default), one failed, or all ended')),
      ),
      shareIdentifier: z.optional(
        described(
          'Fair-share identifier, for queues with a scheduling policy',
          'a share identifier, like wifi',
        ),
      ),
      schedulingPriority: z.optional(
        boundedInt(0, 9999, 'Order among jobs of one share identifier', 'a whole number from 0 to 9999'),
      ),
      tags: z.optional(Tags),
    },
    { error: 'a job, like { jobDefinition: thumbnails, command: [make] }' },
  )
  .check(
    z.describe(
      'A Batch job, a container described here (image) or an existing jobDefinition; or an execution of a stateMachine',
    ),
  )
