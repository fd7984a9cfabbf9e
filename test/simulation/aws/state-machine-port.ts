import { executionArnOf, jobNameOf, parseExecutionName } from '../../../src/core/run/job-name.ts'
import type { StateMachinePort } from '../../../src/ports.ts'
import { executionChange } from '../batch/execution.ts'
import { NoAnswer } from './calls.ts'
import type { Environment } from './lambda.ts'
import type { Models } from './ports.ts'

/** Step Functions: a start is idempotent by its name, and nothing is forgotten. */
export function stateMachinePort(models: Models, environment: () => Environment): StateMachinePort {
  const { call, batch, watch } = models
  return {
    start(request) {
      const { stateMachineArn, name } = request
      const jobName = jobNameIn(models, name)
      const { invocation } = environment()
      if (invocation?.isRunning) watch.submitting(invocation, asSubmission(jobName, stateMachineArn))
      return call(environment(), {
        port: 'stateMachines.start',
        subject: () => name,
        isSubmission: true,
        isShort: true,
        carryOut: () => batch.execute(jobName, stateMachineArn, executionArnOf(stateMachineArn, name)),
        unanswered: reason => ({ type: 'unknown', reason }),
      })
    },
    describe: executionArn =>
      call(environment(), {
        port: 'stateMachines.describe',
        subject: () => executionArn,
        repeatable: true,
        carryOut() {
          const detail = batch.execution(executionArn)
          const change = detail && executionChange(detail)
          return change && { change, startedAt: change.startedAt ?? 0 }
        },
        unanswered: noAnswer,
      }),
    stop: (executionArn, reason) =>
      call(environment(), {
        port: 'stateMachines.stop',
        subject: () => `${executionArn}: ${reason}`,
        repeatable: true,
        carryOut() {
          watch.terminating(executionArn, reason)
          batch.terminate(executionArn, reason)
        },
        unanswered: noAnswer,
      }),
  }
}

/** The name that a job of this submission would have: by it the invariants know whose it is. */
function jobNameIn({ store, stack }: Models, name: string): string {
  const identity = parseExecutionName(name)
  const run = identity && store.readRun(identity.runId)
  if (identity === undefined || run === undefined) return name
  return jobNameOf({ stack, workflow: run.workflow, ...identity })
}

function asSubmission(jobName: string, jobQueue: string) {
  return {
    ...{ jobName, jobQueue, jobDefinition: 'execution', containerOverrides: { environment: [] } },
    ...{ tags: {}, propagateTags: true as const },
  }
}

function noAnswer(reason: string): never {
  throw new NoAnswer(reason)
}
