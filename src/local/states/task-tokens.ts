import { randomBytes } from 'node:crypto'
import { AwsError } from '../wire/aws-error.ts'

/** Why a task or an execution failed, in the words of Step Functions. */
export class StatesError extends Error {
  constructor(error: string, cause: string) {
    super(cause)
    this.name = error
  }
}

interface WaitingTask {
  readonly executionArn: string
  readonly succeed: (output: unknown) => void
  readonly fail: (error: StatesError) => void
  readonly beat: () => void
}

export interface WaitOptions {
  readonly executionArn: string
  /** Seconds between heartbeats, at most. */
  readonly heartbeat?: number
}

/** The tasks that wait until somebody tells how they went. They live as long as their executions and this process. */
export class TaskTokens {
  readonly #waiting = new Map<string, WaitingTask>()

  /** Opens a task; `begin` is told its token. @returns the task's output */
  open({ executionArn, heartbeat }: WaitOptions, begin: (token: string) => void): Promise<unknown> {
    const token = randomBytes(48).toString('base64')
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined
      const close = () => {
        clearTimeout(timer)
        this.#waiting.delete(token)
      }
      const fail = (error: StatesError) => {
        close()
        reject(error)
      }
      const beat = () => {
        clearTimeout(timer)
        if (heartbeat === undefined) return
        timer = setTimeout(() => fail(new StatesError('States.HeartbeatTimeout', '')), heartbeat * 1000)
      }
      const succeed = (output: unknown) => {
        close()
        resolve(output)
      }
      this.#waiting.set(token, { executionArn, succeed, fail, beat })
      beat()
      try {
        begin(token)
      } catch (error) {
        close()
        reject(error)
      }
    })
  }

  succeed(token: unknown, output: unknown): void {
    this.#task(token).succeed(output)
  }

  fail(token: unknown, error: StatesError): void {
    this.#task(token).fail(error)
  }

  heartbeat(token: unknown): void {
    this.#task(token).beat()
  }

  /** Of an execution that has ended nobody waits any more. */
  closeAll(executionArn: string): void {
    for (const [token, task] of this.#waiting) {
      if (task.executionArn !== executionArn) continue
      this.#waiting.delete(token)
      task.fail(new StatesError('States.TaskFailed', 'the execution has ended'))
    }
  }

  #task(token: unknown): WaitingTask {
    if (typeof token !== 'string' || !/^[A-Za-z0-9+/=]{64}$/.test(token)) {
      throw new AwsError('InvalidToken', 'Invalid Token: it is none that local mode gave.')
    }
    const task = this.#waiting.get(token)
    if (task !== undefined) return task
    throw new AwsError('TaskTimedOut', 'Task Timed Out: the task has ended, or its execution has.')
  }
}
