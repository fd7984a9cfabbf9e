import { AwsError } from '../wire/aws-error.ts'
import type { JsonOperation } from '../wire/json-target.ts'
import type { ExecutionRecord } from './execution-record.ts'
import type { Executions } from './executions.ts'
import { checkedName, type Machines, machineName } from './machines.ts'
import { pageOf } from './page.ts'

const MOST_INPUT = 262_144

export interface ExecutionOperationsOptions {
  readonly machines: Machines
  readonly executions: Executions
  readonly newName: () => string
}

export function executionOperations(
  options: ExecutionOperationsOptions,
): Readonly<Record<string, JsonOperation>> {
  const { machines, executions, newName } = options
  return {
    StartExecution({ stateMachineArn, name = newName(), input = '{}' }) {
      const machine = machines.at(stateMachineArn)
      const { executionArn, startDate } = executions.start(machine, checkedName(name), checkedInput(input))
      return { executionArn, startDate: startDate / 1000 }
    },
    DescribeExecution({ executionArn }) {
      const execution = executions.at(executionArn)
      const { input, output, error, cause } = execution
      return {
        ...shown(execution),
        ...{ input, inputDetails: { included: true }, redriveCount: 0, redriveStatus: 'NOT_REDRIVABLE' },
        ...(output !== undefined && { output, outputDetails: { included: true } }),
        ...(error !== undefined && { error }),
        ...(cause !== undefined && { cause }),
      }
    },
    StopExecution({ executionArn, error, cause }) {
      const { status } = executions.at(executionArn)
      const stopped =
        status === 'RUNNING'
          ? executions.stop(String(executionArn), textOf(error), textOf(cause))
          : executions.at(executionArn)
      return { stopDate: (stopped.stopDate ?? stopped.startDate) / 1000 }
    },
    ListExecutions(input) {
      const name = machineName(input['stateMachineArn'])
      const status = input['statusFilter']
      const all = executions.newestFirst.filter(
        it => machineName(it.stateMachineArn) === name && (status === undefined || it.status === status),
      )
      const { items, nextToken } = pageOf(all, input)
      return { executions: items.map(shown), ...(nextToken !== undefined && { nextToken }) }
    },
  }
}

function shown({ executionArn, stateMachineArn, name, status, startDate, stopDate }: ExecutionRecord) {
  return {
    ...{ executionArn, stateMachineArn, name, status, startDate: startDate / 1000 },
    ...(stopDate !== undefined && { stopDate: stopDate / 1000 }),
  }
}

/** @throws AwsError InvalidExecutionInput */
function checkedInput(input: unknown): string {
  const text = String(input)
  try {
    JSON.parse(text)
  } catch {
    throw new AwsError('InvalidExecutionInput', 'Invalid Execution Input: it is not JSON.')
  }
  if (Buffer.byteLength(text) <= MOST_INPUT) return text
  throw new AwsError('InvalidExecutionInput', `Invalid Execution Input: over ${MOST_INPUT} bytes.`)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
