import { nameFrom } from '../resource/arn.ts'
import type { JobDefinition } from '../resource/records.ts'
import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import type { Context } from './context.ts'

const NAME_AND_REVISION = /^([0-9A-Za-z_-]{1,128})(?::(\d{1,9}))?$/

/** @throws ClientException when there is no such active revision */
export function activeDefinition(context: Context, nameOrArn: string): JobDefinition {
  const name = nameFrom(context.identity, 'job-definition', nameOrArn)
  if (!NAME_AND_REVISION.test(name)) {
    throw clientException(`Provided name ${name} is not supported pattern[a-zA-Z_0-9-]{1,128}`)
  }
  const definition = context.registry.findDefinition(name)
  if (definition?.status === 'ACTIVE') return definition
  throw clientException(`JobDefinition name ${name} does not exist or is not in ACTIVE status`)
}

export function parseTimeout(members: Members, context: Context): JobDefinition['timeout'] {
  const timeout = members.object('timeout')
  const seconds = timeout?.integer('attemptDurationSeconds', context.shortestTimeout, 2147483647)
  return seconds === undefined ? undefined : { attemptDurationSeconds: seconds }
}
