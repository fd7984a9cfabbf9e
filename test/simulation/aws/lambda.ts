import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda'
import type { Service, Watcher } from '../../../src/service/service.ts'
import type { Profile } from '../profile.ts'
import type { Scheduler } from '../scheduler.ts'
import type { Note } from '../trace.ts'
import { enter } from './current-service.ts'
import { type FunctionName, handlers } from './handlers.ts'

/** A process of a function: kept for the next invocation, gone with a crash. */
export interface Environment {
  readonly number: number
  readonly functionName: FunctionName
  readonly service: Service & Watcher
  invocation: Invocation | undefined
}

/** One call of a function, from its start until it returns or dies. */
export interface Invocation {
  readonly number: number
  readonly functionName: FunctionName
  /** Its calls of ports so far. */
  calls: number
  isRunning: boolean
  frozenUntil: number
  killedAt: number
  die(cause: string): void
}

export type Outcome =
  | { readonly type: 'returned'; readonly result: SQSBatchResponse | undefined }
  | { readonly type: 'failed'; readonly error: unknown }
  | { readonly type: 'died' }

export interface Lambda {
  invoke(functionName: FunctionName, event: object, ended: (outcome: Outcome) => void): void
  /** Invocations under way, frozen ones too. */
  running(): number
}

/** Functions with their environments: warm ones are used again, each for one invocation at a time. */
export function createLambda(
  scheduler: Scheduler,
  profile: Profile,
  note: Note,
  createService: (
    environment: () => Environment,
    number: number,
    functionName: FunctionName,
  ) => Service & Watcher,
): Lambda {
  const idle = new Map<FunctionName, Environment[]>()
  let environments = 0
  let invocations = 0
  let running = 0
  return { invoke, running: () => running }

  function invoke(functionName: FunctionName, event: object, ended: (outcome: Outcome) => void): void {
    const environment = idle.get(functionName)?.pop() ?? createEnvironment(functionName)
    const deadline = scheduler.now() + profile.functionTimeout
    const finish = (outcome: Outcome) => {
      if (!invocation.isRunning) return
      invocation.isRunning = false
      running--
      if (outcome.type !== 'died') {
        const others = idle.get(functionName)
        if (others === undefined) idle.set(functionName, [environment])
        else others.push(environment)
      }
      ended(outcome)
    }
    const invocation: Invocation = {
      number: ++invocations,
      functionName,
      calls: 0,
      isRunning: true,
      frozenUntil: 0,
      killedAt: deadline,
      die(cause) {
        note(() => `#${invocation.number} dies: ${cause}`)
        finish({ type: 'died' })
      },
    }
    running++
    environment.invocation = invocation
    note(
      () =>
        `#${invocation.number} ${functionName} starts in environment ${environment.number}, ${messagesIn(event)} messages`,
    )
    enter(environment.service)
    const context = { getRemainingTimeInMillis: () => deadline - scheduler.now() } as Context
    handlers[functionName](event as SQSEvent, context).then(
      result => finish({ type: 'returned', result }),
      error => finish({ type: 'failed', error }),
    )
    scheduler.woke()
  }

  function createEnvironment(functionName: FunctionName): Environment {
    const number = ++environments
    const environment: Environment = {
      number,
      functionName,
      service: createService(() => environment, number, functionName),
      invocation: undefined,
    }
    return environment
  }
}

function messagesIn(event: object): number {
  return 'Records' in event && Array.isArray(event.Records) ? event.Records.length : 0
}
