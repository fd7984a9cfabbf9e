import type { Members } from '../wire/members.ts'
import { type Context, operation } from './context.ts'
import { describeQueue } from './job-queue.ts'
import { type PageRequest, pageOf, parsePage } from './page.ts'

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_DescribeJobQueues.html */
export const describeJobQueues = operation(validate, act)

interface Input {
  readonly names: readonly string[] | undefined
  readonly page: PageRequest
}

function validate(members: Members): Input {
  return { names: members.texts('jobQueues'), page: parsePage(members, 100) }
}

/** Unknown names are left out. */
function act(context: Context, { names, page }: Input): object {
  const { registry } = context
  const found = names?.flatMap(name => registry.findQueue(name) ?? []) ?? [...registry.queues.values()]
  const { items, ...rest } = pageOf(found, page)
  return { jobQueues: items.map(queue => describeQueue(context, queue)), ...rest }
}
