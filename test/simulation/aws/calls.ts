import type { FaultKind, Faults } from '../faults.ts'
import type { Profile } from '../profile.ts'
import { chosen } from '../random.ts'
import type { Scheduler } from '../scheduler.ts'
import type { Note } from '../trace.ts'
import { enter } from './current-service.ts'
import type { FunctionName } from './handlers.ts'
import type { Environment, Invocation } from './lambda.ts'

/** One call of a port: what happens at the other end, and what the caller sees if no answer comes. */
export interface Call<T> {
  readonly port: string
  /** For the trace. */
  readonly subject: () => string
  /** Parts that happen some time before `carryOut`: a read of several items is no single moment. */
  readonly parts?: readonly (() => void)[]
  readonly carryOut: () => T
  /** The answer that the caller gets, or throws, when none comes. */
  readonly unanswered: (reason: string) => T
  /** May the client repeat it by itself? */
  readonly repeatable?: boolean
  /** What keeps the caller waiting by its own wish. */
  readonly takes?: number
  /** SubmitJob: may be carried out after the caller stopped waiting, and is sent right after the last look at the clock. */
  readonly isSubmission?: boolean
  /** Its client waits 8 s at most. */
  readonly isShort?: boolean
}

export type Calls = <T>(environment: Environment, call: Call<T>) => Promise<T>

/** The error of a call that got no answer. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

const LATENCY_THERE = 1001
const LATENCY_BACK = 1002
const ANSWER_WITHIN = 8_000
/** A slow call that is still answered in that time. */
const ANSWERED = 6_000
const ZOMBIE_RUNS_FOR = 30_000
/** A claim's last 10 s and `settle` cover so long a freeze between the last look at the clock and SubmitJob. */
const FROZEN_SUBMISSION = 20_000

interface World {
  readonly seed: number
  readonly scheduler: Scheduler
  readonly faults: Faults
  readonly profile: Profile
  readonly note: Note
  readonly counted: (port: string, functionName: FunctionName) => void
}

/** Every call is a point where the caller may die, freeze, wait, or lose the answer. */
export function createCalls({ seed, scheduler, faults, profile, note, counted }: World): Calls {
  return <T>(environment: Environment, call: Call<T>): Promise<T> => {
    const { invocation } = environment
    if (invocation === undefined || !invocation.isRunning) return never()
    const of = invocation.number
    const ordinal = ++invocation.calls
    const hit = (kind: FaultKind, probability: number) => faults.happens(kind, of, ordinal, probability)
    const size = (kind: FaultKind) => faults.size(kind, of, ordinal)
    counted(call.port, invocation.functionName)
    const say = (what: () => string) =>
      note(() => `#${of}.${ordinal} ${call.port} ${call.subject()}: ${what()}`)
    if (hit('crash-before', profile.crash / 2)) {
      invocation.die(`before ${call.port} (call ${ordinal})`)
      return never()
    }
    let there = delay(LATENCY_THERE) + (call.takes ?? 0)
    if (hit('pause-before', profile.pause / 2)) {
      const longest = call.isSubmission ? Math.min(profile.pauseFor, FROZEN_SUBMISSION) : profile.pauseFor
      there += freeze(invocation, size('pause-before') * longest)
      say(() => 'frozen before')
    }
    if (hit('slow', profile.slow))
      there += size('slow') * (call.isShort ? Math.min(profile.slowFor, ANSWERED) : profile.slowFor)
    return new Promise((resolve, reject) => {
      const answer = (settle: () => void) =>
        scheduler.after(delay(LATENCY_BACK), () => deliver(environment, invocation, settle))
      const giveUp = (reason: string) => answer(() => settleWith(() => call.unanswered(reason)))
      const settleWith = (value: () => T) => {
        try {
          resolve(value())
        } catch (error) {
          reject(error)
        }
      }
      if (call.isSubmission && hit('submit-late', profile.lateSubmit)) {
        const after = there + size('submit-late') * profile.lateFor
        scheduler.after(after, () => {
          const result = call.carryOut()
          say(() => `carried out ${Math.round(after)} ms late: ${shown(result)}`)
        })
        scheduler.after(ANSWER_WITHIN, () => giveUp('no answer in 8 s'))
        return
      }
      const { parts = [] } = call
      for (const [index, part] of parts.entries())
        scheduler.after((there * (index + 1)) / (parts.length + 1), part)
      scheduler.after(there, () => {
        if (hit('call-failed', profile.failed)) {
          say(() => 'fails')
          return giveUp('connection reset')
        }
        let result = call.carryOut()
        say(() => shown(result))
        if (hit('crash-after', profile.crash / 2))
          return invocation.die(`after ${call.port} (call ${ordinal})`)
        if (call.repeatable && hit('call-repeated', profile.repeated)) {
          result = call.carryOut()
          say(() => `repeated: ${shown(result)}`)
        }
        if (hit('pause-after', profile.pause / 2)) {
          freeze(invocation, size('pause-after') * profile.pauseFor)
          say(() => 'frozen after')
        }
        if (hit('answer-lost', profile.lost)) {
          say(() => 'answer lost')
          return giveUp('no answer')
        }
        answer(() => resolve(result))
      })
    })

    function delay(kind: number): number {
      return 1 + chosen(seed, kind, of, ordinal) * profile.latency
    }
  }

  function freeze(invocation: Invocation, milliseconds: number): number {
    const until = scheduler.now() + Math.ceil(milliseconds)
    invocation.frozenUntil = Math.max(invocation.frozenUntil, until)
    invocation.killedAt = Math.max(invocation.killedAt, invocation.frozenUntil + ZOMBIE_RUNS_FOR)
    return milliseconds
  }

  function deliver(environment: Environment, invocation: Invocation, settle: () => void): void {
    const now = scheduler.now()
    if (!invocation.isRunning) return
    if (invocation.frozenUntil > now) {
      scheduler.after(invocation.frozenUntil - now, () => deliver(environment, invocation, settle))
    } else if (now > invocation.killedAt) invocation.die('out of time')
    else {
      enter(environment.service)
      settle()
      scheduler.woke()
    }
  }
}

function never<T>(): Promise<T> {
  return new Promise(() => {})
}

function shown(result: unknown): string {
  if (typeof result !== 'object' || result === null) return String(result)
  const text = JSON.stringify(result)
  return text.length > 160 ? `${text.slice(0, 157)}...` : text
}
