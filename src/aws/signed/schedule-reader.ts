import type { SendSigned } from './signed-calls.ts'

/** A schedule of EventBridge Scheduler. */
export interface DescribedSchedule {
  readonly name: string
  readonly isEnabled: boolean
  readonly targetArn: string
}

interface Page {
  readonly NextToken?: string | null
  readonly Schedules?: readonly {
    readonly Name?: string
    readonly State?: string
    readonly Target?: { readonly Arn?: string }
  }[]
}

/**
 * The schedules whose name begins so.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_ListSchedules.html
 */
export async function readSchedules(send: SendSigned, prefix: string): Promise<readonly DescribedSchedule[]> {
  const found: DescribedSchedule[] = []
  let next: string | undefined
  do {
    const query = { MaxResults: '100', NamePrefix: prefix, ...(next !== undefined && { NextToken: next }) }
    const page = JSON.parse(
      await send({ service: 'scheduler', method: 'GET', path: '/schedules', query }),
    ) as Page
    for (const { Name = '', State, Target } of page.Schedules ?? [])
      found.push({ name: Name, isEnabled: State !== 'DISABLED', targetArn: Target?.Arn ?? '' })
    next = page.NextToken ?? undefined
  } while (next !== undefined)
  return found
}
