import { type Draft, isWritten, jobsOf } from './draft.ts'
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
const JOB_DEFINITION = /^(?:arn:[^\s]{1,2000}|[A-Za-z0-9_-]{1,128}(?::\d{1,9})?)$/

/** E111: a job is one container described here, or one job definition. */
export function* checkContainers(draft: Draft): Generator<Problem> {
  for (const [name, job] of jobsOf(draft)) {
    const kinds = KINDS.filter(kind => isWritten(draft, ['jobs', name, kind]))
    if (kinds.length !== 1) yield notOneKind(name, kinds)
    else if (kinds[0] === 'image') yield* checkImageJob(draft, name)
    else if (kinds[0] === 'jobDefinition') yield* checkJobDefinition(draft, name, job)
  }
}

function notOneKind(job: string, [first, second]: readonly string[]): Problem {
  if (first === undefined || second === undefined) {
    return {
      code: 'E111',
      path: ['jobs', job],
      at: 'key',
      message: `The job ${shownName(job)} has neither \`image\` nor \`jobDefinition\`.`,
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
