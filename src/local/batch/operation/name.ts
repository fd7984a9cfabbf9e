import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'

const JOB_NAME = /^[0-9A-Za-z][0-9A-Za-z_-]{0,127}$/
const RESOURCE_NAME = /^[0-9A-Za-z_-]{1,128}$/

export function jobName(members: Members): string {
  const name = members.requiredText('jobName')
  if (!JOB_NAME.test(name)) throw clientException('Job name should match valid pattern')
  return name
}

/** The name of a queue, a compute environment or a job definition. */
export function resourceName(members: Members, member: string): string {
  const name = members.requiredText(member)
  if (!RESOURCE_NAME.test(name)) {
    throw clientException(`Provided name ${name} is not supported pattern[a-zA-Z_0-9-]{1,128}`)
  }
  return name
}

export function parseTags(members: Members): Readonly<Record<string, string>> {
  const tags = members.map('tags') ?? {}
  if (Object.keys(tags).length > 50) throw clientException('A resource may have at most 50 tags.')
  return tags
}
