import { randomUUID } from 'node:crypto'
import { type AwsEvent, eventTime } from '../aws-event.ts'
import type { Identity } from '../wire/face.ts'
import type { ExecutionRecord } from './execution-record.ts'

/** AWS leaves texts out of an event that would make it larger. */
const MOST_BYTES = 248 * 1024

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
export function statusChange(execution: ExecutionRecord, identity: Identity, now: number): AwsEvent {
  const { executionArn, stateMachineArn, name, status, startDate, stopDate, error, cause } = execution
  const input = included(execution.input)
  const output = execution.output === undefined ? undefined : included(execution.output)
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    account: identity.account,
    time: eventTime(now),
    region: identity.region,
    resources: [executionArn],
    detail: {
      ...{ executionArn, stateMachineArn, name, status, startDate, stopDate: stopDate ?? null },
      ...{ input: input ?? null, output: output ?? null },
      ...{ stateMachineVersionArn: null, stateMachineAliasArn: null },
      ...{ redriveCount: 0, redriveDate: null },
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Local mode does not redrive',
      inputDetails: { included: input !== undefined },
      outputDetails: execution.output === undefined ? null : { included: output !== undefined },
      ...{ error: error ?? null, cause: cause ?? null },
    },
  }
}

function included(text: string): string | undefined {
  return Buffer.byteLength(text) <= MOST_BYTES ? text : undefined
}
