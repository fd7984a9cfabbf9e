import { type Draft, isWritten, jobsOf, namesAt } from './draft.ts'
import { shown, shownName } from './escape-text.ts'
import { parseTemplate } from './look-up.ts'
import type { Problem } from './problem.ts'
import type { JobFile } from './workflow-schema.ts'

const KINDS = ['image', 'jobDefinition', 'stateMachine'] as const
const NEEDED_BY_IMAGE = ['command', 'vcpu', 'memory'] as const
const OF_THE_DEFINITION = [
  'platform',
  'architecture',
  'storage',
  'jobRole',
  'executionRole',
  'secrets',
  'containerProperties',
] as const
const OF_EXECUTIONS: readonly string[] = ['stateMachine', 'input', 'dependsOn', 'when']
const STATE_MACHINE = /^arn:[a-z-]{3,20}:states:[a-z0-9-]{1,30}:\d{12}:stateMachine:[^\s:/]{1,80}$/
const JOB_DEFINITION = /^(?:arn:[^\s]{1,2000}|[A-Za-z0-9_-]{1,128}(?::\d{1,9})?)$/

/** E111: a job is one container described here, one job definition, or one state machine. */
export function* checkContainers(draft: Draft): Generator<Problem> {
  for (const [name, job] of jobsOf(draft)) {
    const kinds = KINDS.filter(kind => isWritten(draft, ['jobs', name, kind]))
    if (kinds.length !== 1) yield notOneKind(name, kinds)
    else if (kinds[0] === 'stateMachine') yield* checkExecution(draft, name, job)
    else yield* checkBatchJob(draft, name, job, kinds[0])
  }
}

function notOneKind(job: string, [first, second]: readonly string[]): Problem {
  if (first === undefined || second === undefined) {
    return {
      code: 'E111',
      path: ['jobs', job],
      at: 'key',
      message: `The job ${shownName(job)} has none of \`image\`, \`jobDefinition\` and \`stateMachine\`.`,
      mend: 'Give it one of them.',
    }
  }
  return {
    code: 'E111',
    path: ['jobs', job, second],
    at: 'key',
    message: `The job ${shownName(job)} has both \`${first}\` and \`${second}\`.`,
    mend: 'Keep one of them.',
  }
}

function* checkBatchJob(
  draft: Draft,
  name: string,
  job: JobFile,
  kind: (typeof KINDS)[number] | undefined,
): Generator<Problem> {
  if (isWritten(draft, ['jobs', name, 'input'])) {
    const message = '`input` is of executions of a state machine.'
    yield { code: 'E111', path: ['jobs', name, 'input'], at: 'key', message, mend: 'Leave it out.' }
  }
  if (kind === 'image') yield* checkImageJob(draft, name)
  else yield* checkJobDefinition(draft, name, job)
}

function* checkExecution(draft: Draft, name: string, { stateMachine }: JobFile): Generator<Problem> {
  for (const key of namesAt(draft, ['jobs', name])) {
    if (OF_EXECUTIONS.includes(key)) continue
    const message = `${shownName(key)} is of Batch jobs; ${shownName(name)} is an execution of a state machine.`
    const mend = 'Leave it out, or say it in the state machine.'
    yield { code: 'E111', path: ['jobs', name, key], at: 'key', message, mend }
  }
  if (stateMachine === undefined || STATE_MACHINE.test(stateMachine)) return
  if (parseTemplate(stateMachine).some(part => part.type !== 'text')) return
  const message = `${shown(stateMachine)} is no ARN of a state machine.`
  const mend =
    'Write `arn:aws:states:REGION:ACCOUNT:stateMachine:NAME`, without version or alias, or a look-up of the stack.'
  yield { code: 'E114', path: ['jobs', name, 'stateMachine'], message, mend }
}

function* checkImageJob(draft: Draft, job: string): Generator<Problem> {
  const missing = NEEDED_BY_IMAGE.filter(key => !isWritten(draft, ['jobs', job, key]))
  if (missing.length === 0) return
  const keys = missing.map(key => `\`${key}\``).join(' and no ')
  const message = `The image job ${shownName(job)} has no ${keys}.`
  yield { code: 'E111', path: ['jobs', job], at: 'key', message, mend: `Add ${missing.join(', ')}.` }
}

function* checkJobDefinition(draft: Draft, name: string, job: JobFile): Generator<Problem> {
  for (const key of OF_THE_DEFINITION) {
    const path = ['jobs', name, key]
    if (!isWritten(draft, path)) continue
    const message = `\`${key}\` belongs to the job definition ${shownName(name)} names.`
    yield {
      code: 'E111',
      path,
      at: 'key',
      message,
      mend: 'Leave it out, or use `image` instead of `jobDefinition`.',
    }
  }
  const { jobDefinition } = job
  if (jobDefinition === undefined || JOB_DEFINITION.test(jobDefinition)) return
  if (parseTemplate(jobDefinition).some(part => part.type !== 'text')) return
  const message = `${shown(jobDefinition)} is no name, name:revision or ARN.`
  const mend = 'Write letters, digits, `-` and `_`; a revision is a number; without one the latest counts.'
  yield { code: 'E114', path: ['jobs', name, 'jobDefinition'], message, mend }
}
