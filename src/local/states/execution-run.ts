import type { StateMachine } from 'aws-local-stepfunctions'
import { type ExecutionEnd, type ExecutionRecord, endOf } from './execution-record.ts'
import type { Machine } from './machines.ts'
import { putEventsTask, type TaskContext } from './put-events-task.ts'

export interface RunningExecution {
  /** How it ended; never rejects. */
  readonly end: Promise<ExecutionEnd>
  abort(): void
}

type RunOptions = NonNullable<Parameters<StateMachine['run']>[1]>

/** Runs a definition with aws-local-stepfunctions, its tasks with handlers of ours. Nothing leaves this machine. */
export function runExecution(
  machine: Machine,
  { executionArn, name, input }: ExecutionRecord,
  context: TaskContext,
): RunningExecution {
  const aborting = new AbortController()
  return { end: run(), abort: () => aborting.abort() }

  async function run(): Promise<ExecutionEnd> {
    try {
      const { StateMachine } = await import('aws-local-stepfunctions')
      if (aborting.signal.aborted) return { status: 'ABORTED' }
      const stateMachine = new StateMachine(machine.definition as never)
      const execution = stateMachine.run(JSON.parse(input), optionsOf(machine, executionArn, name, context))
      aborting.signal.addEventListener('abort', () => execution.abort())
      return { status: 'SUCCEEDED', output: JSON.stringify(await execution.result) }
    } catch (error) {
      return endOf(error)
    }
  }
}

function optionsOf(machine: Machine, executionArn: string, name: string, context: TaskContext): RunOptions {
  const handlers = machine.tasks.map(task => [task.name, putEventsTask(task, context)])
  return {
    overrides: { taskResourceLocalHandlers: Object.fromEntries(handlers) },
    context: {
      Execution: { Id: executionArn, Name: name },
      StateMachine: { Id: machine.stateMachineArn, Name: machine.name },
    },
  }
}
