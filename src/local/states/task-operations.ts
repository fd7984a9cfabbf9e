import { AwsError } from '../wire/aws-error.ts'
import type { JsonOperation } from '../wire/json-target.ts'
import { StatesError, type TaskTokens } from './task-tokens.ts'

/** The answers of those whom a task waits for. */
export function taskOperations(tokens: TaskTokens): Readonly<Record<string, JsonOperation>> {
  return {
    SendTaskSuccess({ taskToken, output }) {
      tokens.succeed(taskToken, outputOf(output))
    },
    SendTaskFailure({ taskToken, error = 'States.TaskFailed', cause = '' }) {
      tokens.fail(taskToken, new StatesError(String(error), String(cause)))
    },
    SendTaskHeartbeat({ taskToken }) {
      tokens.heartbeat(taskToken)
    },
  }
}

/** @throws AwsError InvalidOutput */
function outputOf(output: unknown): unknown {
  try {
    return JSON.parse(String(output))
  } catch {
    throw new AwsError('InvalidOutput', 'Invalid Output: it is not JSON.')
  }
}
