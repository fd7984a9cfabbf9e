import { assertNever } from '../../../core/errors.ts'
import type { Job } from '../engine/job.ts'
import { nameFrom } from '../resource/arn.ts'
import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import type { Context } from './context.ts'

export interface JobFilter {
  readonly matches: (job: Job) => boolean
  /** Jobs of any status are listed where this is false, whatever status was asked for. */
  readonly withStatus: boolean
}

const NAMES = [
  'JOB_NAME',
  'JOB_DEFINITION',
  'BEFORE_CREATED_AT',
  'AFTER_CREATED_AT',
  'SHARE_IDENTIFIER',
] as const

/** Reads the one filter of `ListJobs`. @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ListJobs.html */
export function parseJobFilter(members: Members, context: Context): JobFilter | undefined {
  const filters = members.list('filters') ?? []
  const [first] = filters
  if (first === undefined) return undefined
  if (filters.length > 1) throw clientException('Only one filter can be used at a time.')
  first.requiredText('name')
  const name = first.oneOf('name', NAMES) ?? 'JOB_NAME'
  const values = first.texts('values') ?? []
  const [value] = values
  if (value === undefined || values.length > 1)
    throw clientException(`The filter ${name} needs exactly one value.`)
  return { matches: matcherOf(name, value, context), withStatus: name === 'SHARE_IDENTIFIER' }
}

function matcherOf(name: (typeof NAMES)[number], value: string, context: Context): JobFilter['matches'] {
  switch (name) {
    case 'JOB_NAME':
      return byName(value.toLowerCase())
    case 'JOB_DEFINITION':
      return byDefinition(value, context)
    case 'BEFORE_CREATED_AT':
      return job => job.createdAt < milliseconds(name, value)
    case 'AFTER_CREATED_AT':
      return job => job.createdAt > milliseconds(name, value)
    case 'SHARE_IDENTIFIER':
      return job => job.spec.share?.identifier === value
    default:
      return assertNever(name)
  }
}

function byName(wanted: string): JobFilter['matches'] {
  const matches = matcher(wanted)
  return job => matches(job.spec.submission.jobName.toLowerCase())
}

/** A name stands for all its revisions; an ARN for one. */
function byDefinition(value: string, context: Context): JobFilter['matches'] {
  if (value.startsWith('arn:')) return job => job.spec.submission.jobDefinition === value
  const matches = matcher(value)
  return job => {
    const revision = nameFrom(context.identity, 'job-definition', job.spec.submission.jobDefinition)
    return matches(revision) || matches(revision.split(':')[0] ?? '')
  }
}

function matcher(wanted: string): (text: string) => boolean {
  if (!wanted.endsWith('*')) return text => text === wanted
  const head = wanted.slice(0, -1)
  return text => text.startsWith(head)
}

function milliseconds(name: string, value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw clientException(`The filter ${name} needs milliseconds since 1970.`)
  return Number(value)
}
