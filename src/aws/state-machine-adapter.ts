import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn'
import { executionChangeOf } from '../core/event/execution-change.ts'
import { executionArnOf } from '../core/run/job-name.ts'
import type { StateMachinePort, SubmitOutcome } from '../ports.ts'
import type { ClientTarget } from './client-target.ts'
import { stateMachineClient } from './state-machine-client.ts'
import { outcomeOf } from './submit-outcome.ts'

/** Step Functions through the SDK. Its parts are functions of their own, as those of `createBatch` are. */
export function createStateMachines(target: ClientTarget): StateMachinePort {
  const client = stateMachineClient(target)
  return {
    start: startWith(client),
    describe: describeExecutionWith(() => client),
    stop: stopWith(() => client),
  }
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
function startWith(client: SFNClient): StateMachinePort['start'] {
  return async request => {
    try {
      const { executionArn } = await client.send(new StartExecutionCommand({ ...request }))
      return executionArn === undefined
        ? { type: 'unknown', reason: 'the answer has no executionArn' }
        : accepted(executionArn)
    } catch (error) {
      // The name is of this submission alone: it was started by an earlier call, and may have ended since.
      if (error instanceof Error && error.name === 'ExecutionAlreadyExists') {
        return accepted(executionArnOf(request.stateMachineArn, request.name))
      }
      if (error instanceof Error && error.name === 'ExecutionLimitExceeded') {
        return { type: 'refused', again: true, reason: `${error.name}: ${error.message}` }
      }
      return outcomeOf(error)
    }
  }
}

/** An express execution tells nobody how it ended, and cannot be asked. */
function accepted(executionArn: string): SubmitOutcome {
  if (!executionArn.includes(':express:')) return { type: 'accepted', jobId: executionArn }
  const reason =
    'It is an express state machine, whose executions cannot be followed. Make it a standard one.'
  return { type: 'refused', again: false, reason }
}

export function describeExecutionWith(client: () => SFNClient): StateMachinePort['describe'] {
  return async executionArn => {
    try {
      const execution = await client().send(new DescribeExecutionCommand({ executionArn }))
      const change = executionChangeOf({ ...execution })
      if (change === undefined) return undefined
      const output = outputOf(execution)
      return { change, startedAt: change.startedAt ?? 0, ...(output !== undefined && { output }) }
    } catch (error) {
      if (isGone(error)) return undefined
      throw error
    }
  }
}

function outputOf({ status, output, error, cause }: DescribeExecutionCommandOutput): unknown {
  if (output !== undefined) return JSON.parse(output)
  return status === 'RUNNING' || status === 'PENDING_REDRIVE'
    ? undefined
    : { Error: error ?? `States.${status === 'TIMED_OUT' ? 'Timeout' : 'TaskFailed'}`, Cause: cause ?? '' }
}

export function stopWith(client: () => SFNClient): StateMachinePort['stop'] {
  return async (executionArn, cause) => {
    try {
      await client().send(new StopExecutionCommand({ executionArn, error: 'Batchwise.Stopped', cause }))
    } catch (error) {
      if (!isGone(error)) throw error
    }
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExecutionDoesNotExist'
}
