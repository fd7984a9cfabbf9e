import { assertNever } from '../../core/errors.ts'
import type { EmitEvent } from '../aws-event.ts'
import type { Identity, Now } from '../wire/face.ts'
import type { Effect } from './engine/effect.ts'
import type { Engine } from './engine/engine.ts'
import { type Job, jobIdOf } from './engine/job.ts'
import { isTerminal } from './engine/status.ts'
import { queueBlocked } from './event/queue-blocked.ts'
import { stateChange } from './event/state-change.ts'
import { type JobEntry, stateEntries } from './record.ts'
import type { Registry } from './resource/registry.ts'
import type { Runner } from './run/runner.ts'
import { Timers } from './timers.ts'

export interface PerformerOptions {
  readonly identity: Identity
  readonly now: Now
  readonly engine: Engine
  readonly registry: Registry
  readonly runner: Runner
  readonly emit: EmitEvent
  readonly record: (entry: JobEntry) => void
}

type Turn = Extract<Effect, { readonly type: 'changed' | 'noted' }>

/**
 * Does what the engine asks for. Everything that is to be remembered or told is so in the same synchronous turn;
 * what takes time is begun later.
 */
export class Performer {
  readonly #options: PerformerOptions
  readonly #timers: Timers
  #isEvaluationDue = false
  #isClosed = false

  constructor(options: PerformerOptions) {
    this.#options = options
    this.#timers = new Timers(options.now)
  }

  perform(effects: readonly Effect[]): void {
    this.#record(effects)
    for (const effect of effects) this.#act(effect)
  }

  close(): void {
    this.#isClosed = true
    this.#timers.clearAll()
  }

  /** Children that turn alike one after the other are one entry. */
  #record(effects: readonly Effect[]): void {
    let turns: Turn[] = []
    const flush = () => {
      for (const entry of stateEntries(turns)) this.#options.record(entry)
      turns = []
    }
    for (const effect of effects) {
      if (effect.type === 'changed' || effect.type === 'noted') turns.push(effect)
      if (effect.type !== 'submitted' && effect.type !== 'spawned' && effect.type !== 'forgotten') continue
      flush()
      this.#options.record(entryOf(effect))
    }
    flush()
  }

  #act(effect: Effect): void {
    const { engine, runner } = this.#options
    switch (effect.type) {
      case 'changed':
        this.#tell(effect)
        break
      case 'evaluate':
        this.#evaluateSoon()
        break
      case 'start':
        runner.start(effect.job, effect.task)
        break
      case 'stop':
        runner.stop(effect.task)
        break
      case 'kill':
        runner.kill(effect.task)
        break
      case 'watch':
        this.#timers.set(jobIdOf(effect.job), effect.at, () =>
          this.perform(engine.timedOut(effect.job, effect.task)),
        )
        break
      case 'blocked':
        this.#tellBlocked(effect)
        break
      case 'limit':
        this.#timers.set(`limit ${effect.job.spec.queue}`, effect.at, () =>
          this.perform(engine.limitReached(effect.job, this.#options.now())),
        )
        break
      case 'forgotten':
        this.#forget(effect.job)
        break
      case 'submitted':
      case 'spawned':
      case 'noted':
        break
      default:
        assertNever(effect)
    }
  }

  #tell({ job, state }: Turn): void {
    const { identity, registry, emit } = this.#options
    if (isTerminal(state.status) || state.status === 'RUNNABLE') this.#timers.clear(jobIdOf(job))
    emit(stateChange(identity, job, state, registry.jobTags.get(job.spec.jobId) ?? {}))
  }

  #tellBlocked({ job, state, at }: Extract<Effect, { readonly type: 'blocked' }>): void {
    const { identity, registry, emit } = this.#options
    emit(queueBlocked(identity, job, state, at, registry.jobTags.get(job.spec.jobId) ?? {}))
  }

  /** The caller of SubmitJob gets its answer first. */
  #evaluateSoon(): void {
    if (this.#isEvaluationDue) return
    this.#isEvaluationDue = true
    setImmediate(() => {
      this.#isEvaluationDue = false
      if (!this.#isClosed) this.perform(this.#options.engine.evaluate(this.#options.now()))
    })
  }

  #forget({ spec }: Job): void {
    this.#options.registry.jobTags.delete(spec.jobId)
    this.#options.runner.forget(spec.jobId)
  }
}

function entryOf(
  effect: Extract<Effect, { readonly type: 'submitted' | 'spawned' | 'forgotten' }>,
): JobEntry {
  switch (effect.type) {
    case 'submitted':
      return { job: effect.job.spec }
    case 'spawned':
      return { spawned: [effect.job.spec.jobId, effect.at] }
    case 'forgotten':
      return { forgotten: effect.job.spec.jobId }
    default:
      return assertNever(effect)
  }
}
