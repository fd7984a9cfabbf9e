import { SendTaskFailureCommand, SendTaskSuccessCommand } from '@aws-sdk/client-sfn'
import type { TaskPort } from '../ports.ts'
import type { ClientTarget } from './client-target.ts'
import { stateMachineClient } from './state-machine-client.ts'

/** The task was told before, timed out, or its execution has ended. */
const CLOSED = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])
/** Step Functions takes no longer ones. */
const MOST_CAUSE = 32_768

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html */
export function createTasks(target: ClientTarget): TaskPort {
  const client = stateMachineClient(target)
  return {
    async answer(taskToken, answer) {
      try {
        if (answer.type === 'succeeded')
          await client.send(new SendTaskSuccessCommand({ taskToken, output: answer.output }))
        else {
          const { error, cause } = answer
          await client.send(
            new SendTaskFailureCommand({ taskToken, error, cause: cause.slice(0, MOST_CAUSE) }),
          )
        }
        return true
      } catch (error) {
        if (error instanceof Error && CLOSED.has(error.name)) return false
        throw error
      }
    },
  }
}
