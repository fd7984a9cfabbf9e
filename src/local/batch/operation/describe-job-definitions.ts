import type { JobDefinition } from '../resource/records.ts'
import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import { type Context, operation } from './context.ts'
import { type PageRequest, pageOf, parsePage } from './page.ts'

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_DescribeJobDefinitions.html */
export const describeJobDefinitions = operation(validate, act)

interface Input {
  /** `name:revision` or ARN */
  readonly revisions: readonly string[] | undefined
  readonly name: string | undefined
  readonly status: string | undefined
  readonly page: PageRequest
}

function validate(members: Members): Input {
  const revisions = members.texts('jobDefinitions')
  if ((revisions?.length ?? 0) > 100) throw clientException('jobDefinitions may have at most 100 entries.')
  return {
    revisions,
    name: members.text('jobDefinitionName'),
    status: members.text('status'),
    page: parsePage(members, 100),
  }
}

/** The newest revision first. */
function act(context: Context, input: Input): object {
  const { items, ...rest } = pageOf(select(context, input), input.page)
  return { jobDefinitions: items.map(each => ({ ...each, containerOrchestrationType: 'ECS' })), ...rest }
}

function select(context: Context, { revisions, name, status }: Input): readonly JobDefinition[] {
  const { registry } = context
  if (revisions !== undefined) return revisions.flatMap(each => registry.findDefinition(each) ?? [])
  const names = name === undefined ? [...registry.definitions.keys()] : [name]
  const all = names.flatMap(each => registry.definitions.get(each)?.toReversed() ?? [])
  return status === undefined ? all : all.filter(definition => definition.status === status)
}
