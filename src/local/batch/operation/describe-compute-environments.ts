import type { Members } from '../wire/members.ts'
import { describeEnvironment } from './compute-environment.ts'
import { type Context, operation } from './context.ts'
import { type PageRequest, pageOf, parsePage } from './page.ts'

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_DescribeComputeEnvironments.html */
export const describeComputeEnvironments = operation(validate, act)

interface Input {
  readonly names: readonly string[] | undefined
  readonly page: PageRequest
}

function validate(members: Members): Input {
  return { names: members.texts('computeEnvironments'), page: parsePage(members, 100) }
}

/** Unknown names are left out. */
function act(context: Context, { names, page }: Input): object {
  const { registry } = context
  const found = names?.flatMap(name => registry.findEnvironment(name) ?? []) ?? [
    ...registry.environments.values(),
  ]
  const { items, ...rest } = pageOf(found, page)
  return { computeEnvironments: items.map(each => describeEnvironment(context, each)), ...rest }
}
