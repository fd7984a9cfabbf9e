import { operation } from './context.ts'
import { pageOf, parsePage } from './page.ts'

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ListSchedulingPolicies.html */
export const listSchedulingPolicies = operation(
  members => parsePage(members, 100),
  ({ registry }, request) => {
    const { items, ...rest } = pageOf([...registry.policies.values()], request)
    return { schedulingPolicies: items.map(({ arn }) => ({ arn })), ...rest }
  },
)
