import { sharedNames } from '../collect/collection.ts'
import { BatchwiseError } from '../errors.ts'
import { defineWorkflow, isReadLater } from '../run/definition.ts'
import { afterFacts } from '../run/event-trigger.ts'
import { executionRequestOf } from '../run/execution-request.ts'
import { textItem } from '../run/items.ts'
import { sampleOutputs } from '../run/job-outputs.ts'
import { submissionOf } from '../run/submission-request.ts'
import { scheduleFacts } from '../schedule/schedule-facts.ts'
import { parseKeyPattern } from './key-pattern.ts'
import type { Problem } from './problem.ts'
import type { Collect, ObjectTrigger, Trigger, Workflow } from './workflow.ts'

/** The longest that names may be: what is fine with these is fine with any. */
const STACK = 's'.repeat(19)
const TABLE = 't'.repeat(255)
const STACK_VALUE = 'v'.repeat(63)
const BUCKET = 'b'.repeat(63)
const JOB_ID = '00000000-0000-0000-0000-000000000000'
const KEY_BYTES = 1024
/** Items that nobody knows yet: as many as are listed in BATCHWISE_ITEMS, where each line break counts twice. */
const LONGEST_LIST = Array.from({ length: 1_024 }, () => textItem('i'))
const PARAMETER = 'p'.repeat(64)
const LONGEST_END = {
  ...({ runId: 'r'.repeat(26), workflow: 'w'.repeat(40), status: 'SUCCEEDED', epoch: 1 } as const),
  ...{ output: `s3://${BUCKET}/${'w'.repeat(40)}/${'r'.repeat(26)}`, createdAt: '', finishedAt: '' },
}

/**
 * E145: each job's request is built as for the longest key that its triggers take, by the code that submits, and has to
 * fit. Batch refuses a request that is too long; overrides that are too long it accepts, and fails the job later.
 */
export function* checkRequestSizes(workflow: Workflow): Generator<Problem> {
  const stackNames = [...JSON.stringify(workflow).matchAll(/\$\{stack\.([^{}]+)\}/g)].map(([, name]) => name)
  const stack = Object.fromEntries(['outputBucket', ...stackNames].map(name => [name, STACK_VALUE]))
  const definition = defineWorkflow(workflow, STACK, stack)
  for (const job of Object.keys(workflow.jobs)) {
    const problem = longestTriggers(workflow)
      .map(values => sizeProblem(workflow, definition, job, values))
      .find(found => found !== undefined)
    if (problem !== undefined) yield { code: 'E145', path: ['jobs', job], at: 'key', ...problem }
  }
}

type Texts = Readonly<Record<string, string>>

function sizeProblem(
  { name: workflow, jobs, parameters }: Workflow,
  definition: ReturnType<typeof defineWorkflow>,
  job: string,
  values: Texts,
): Pick<Problem, 'message' | 'mend'> | undefined {
  const run = {
    ...({ runId: 'r'.repeat(26), workflow, status: 'RUNNING', epoch: 1, createdAt: 0, alerts: {} } as const),
    definition: definition.hash,
    trigger: { type: 'object', values } as const,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, { default: value = PARAMETER }]) => [
        name,
        value === '' ? PARAMETER : value,
      ]),
    ),
  }
  const dependencies = (jobs[job]?.dependsOn ?? []).slice(0, 20).map(() => ({ jobId: JOB_ID }))
  const jobIds = Object.fromEntries((jobs[job]?.dependsOn ?? []).map(({ job: name }) => [name, JOB_ID]))
  const asked = jobs[job]
  const outputs = asked ? sampleOutputs(asked) : {}
  const items = isReadLater(asked?.array) ? { items: LONGEST_LIST } : {}
  const input = {
    stack: STACK,
    table: TABLE,
    run,
    definition,
    job,
    submission: 999,
    jobIds,
    outputs,
    ...items,
  }
  try {
    if (executionRequestOf(input) === undefined) submissionOf({ ...input, dependsOn: dependencies })
    return undefined
  } catch (error) {
    if (!(error instanceof BatchwiseError) || error.code !== 'E_REQUEST_SIZE') throw error
    const message = `With a key of ${KEY_BYTES} bytes, ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`
    return { message, mend: 'Look-ups of long values count each time they are used.' }
  }
}

function longestSet(collect: Collect): Texts {
  const shared = sharedNames(collect).map(name => [name, 'c'.repeat(KEY_BYTES / 2)])
  const { output } = LONGEST_END
  return {
    ...Object.fromEntries(shared),
    bucket: BUCKET,
    count: '10000',
    objects: `${output}/_batchwise/${'h'.repeat(16)}/objects.jsonl`,
  }
}

/** For each trigger and each of its captures: the values when that one takes all the length a key may have. */
function longestTriggers({ triggers }: Workflow): readonly Texts[] {
  // Started by hand, it may be given an object.
  return triggers.length === 0 ? longestObjects({ key: '**' }) : triggers.flatMap(longestValues)
}

function longestValues(trigger: Trigger): readonly Texts[] {
  switch (trigger.type) {
    case 'object':
      return longestObjects(trigger)
    case 'schedule':
      return [scheduleFacts(trigger.timezone, 0)]
    case 'after':
      return [afterFacts(LONGEST_END).values]
    case 'event':
      return [] // nobody knows how long the values of an event are: checked when the job is submitted
  }
}

function longestObjects({ key: pattern, collect }: Pick<ObjectTrigger, 'key' | 'collect'>): readonly Texts[] {
  if (collect) return [longestSet(collect)]
  const { captures } = parseKeyPattern(pattern)
  const rest = Math.max(1, KEY_BYTES - pattern.length)
  const key = 'k'.repeat(KEY_BYTES)
  const facts = {
    bucket: BUCKET,
    key,
    uri: `s3://${BUCKET}/${key}`,
    size: '5497558138880',
    etag: 'e'.repeat(40),
    versionId: 'v'.repeat(64),
    time: '2026-01-01T00:00:00Z',
  }
  const short = Object.fromEntries(captures.map(name => [name, 'c']))
  if (captures.length === 0) return [facts]
  return captures.map(longest => ({ ...short, [longest]: 'c'.repeat(rest), ...facts }))
}
