import { alertsOf } from '../core/alert/alert-kind.ts'
import { type Command, decide, nextWake, type SubmitCommand } from '../core/run/decide.ts'
import type { Snapshot } from '../core/run/job-view.ts'
import { isFinalRun } from '../core/run/run.ts'
import { dueWrite } from '../core/run/run-writes.ts'
import { carryOut } from './carry-out.ts'
import { loadSnapshot } from './load-snapshot.ts'
import type { Round } from './round.ts'
import type { Service } from './service.ts'
import { submitWave } from './submit-wave.ts'
import { takeTurn } from './take-turn.ts'
import type { TimeLeft } from './tell.ts'

/** Jobs claimed together: enough to overlap the calls, few enough to be sent well within their lease. */
const WAVE = 16
/** No new work is taken in the last 8 s of the function's time. */
const STOP_BEFORE = 8_000
/** A live run is looked at this often even if nothing is known to be owed: an event may have been lost. */
const LIVE_CHECK = 5 * 60_000
const MAX_ROUNDS = 200

/**
 * Moves a run on: reads it, lets `decide` say what is to be done, does it under conditional writes, records. Idempotent,
 * and safe to run any number of times at once. This is the only place from which jobs are submitted.
 *
 * @throws the first error of a call to AWS, after the rest of its round was done: the message is to be delivered again.
 */
export async function advance(service: Service, runId: string, timeLeft: TimeLeft): Promise<void> {
  let snapshot = await loadSnapshot(service, runId)
  if (snapshot === undefined) return service.log.record('run-unknown', { runId })
  if (snapshot.run.status === 'QUEUED') snapshot = (await takeTurn(service, snapshot)) ?? snapshot
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const commands = decide(snapshot, service.settings.times, service.clock.now())
    if (commands.length === 0) break
    if (timeLeft() < STOP_BEFORE) return service.queue.send(runId)
    const next: Round = await act(service, snapshot, commands, timeLeft)
    if (next.failure !== undefined) throw next.failure
    if (next.goOnAt !== undefined) return goOnLater(service, next.snapshot, next.goOnAt)
    if (next.stale) {
      const fresh = await loadSnapshot(service, runId)
      if (fresh === undefined) return
      // Whoever ended the run tells of its end; the due time stands behind them.
      if (isFinalRun(fresh.run.status) && !isFinalRun(next.snapshot.run.status)) return
      snapshot = fresh
    } else snapshot = next.snapshot
  }
  await keepDue(service, snapshot)
}

async function act(
  service: Service,
  snapshot: Snapshot,
  commands: readonly Command[],
  timeLeft: TimeLeft,
): Promise<Round> {
  const others = commands.filter(command => command.type !== 'submit')
  const submits = commands.filter(command => command.type === 'submit')
  let round: Round = { snapshot, stale: false }
  for (const command of others) round = await carryOutNext(service, round, command, timeLeft)
  return submits.length === 0 ? round : submit(service, round, submits.slice(0, WAVE), timeLeft)
}

/** One command that fails does not keep the others from being done; its error is thrown when the round is over. */
async function carryOutNext(
  service: Service,
  round: Round,
  command: Exclude<Command, SubmitCommand>,
  timeLeft: TimeLeft,
): Promise<Round> {
  try {
    const done = await carryOut(service, round.snapshot, command, timeLeft)
    return { ...round, ...done, stale: done.stale || round.stale }
  } catch (failure) {
    return { ...round, failure: round.failure ?? failure }
  }
}

async function submit(
  service: Service,
  round: Round,
  wave: readonly SubmitCommand[],
  timeLeft: TimeLeft,
): Promise<Round> {
  const { snapshot, stale } = round
  if (!(await service.submitRate.take(wave.length, timeLeft() - STOP_BEFORE))) {
    return { ...round, goOnAt: service.clock.now() }
  }
  const result = await submitWave(service, snapshot, wave)
  const jobs = new Map(snapshot.jobs)
  for (const record of result.records) jobs.set(record.job, record)
  return {
    ...round,
    snapshot: { ...snapshot, jobs },
    stale: stale || result.stale,
    ...(result.retryAt !== undefined && { goOnAt: result.retryAt }),
  }
}

/** One message carries the work on; the due time stands behind it in case it gets lost. */
async function goOnLater(service: Service, { run }: Snapshot, at: number): Promise<void> {
  const delay = Math.max(0, Math.ceil((at - service.clock.now()) / 1000))
  await service.queue.send(run.runId, Math.min(delay, 900))
}

/** A queue that is stuck after less than the usual five minutes is looked at earlier. */
function liveCheck({ definition }: Snapshot): number {
  return Math.min(LIVE_CHECK, alertsOf(definition.workflow).stuckAfter * 1000)
}

/** The due time exists while anything is owed. It is moved only when it must be: most passes write nothing here. */
async function keepDue(service: Service, snapshot: Snapshot): Promise<void> {
  const { run } = snapshot
  const now = service.clock.now()
  const owed = nextWake(snapshot, service.settings.times)
  const check = isFinalRun(run.status) ? undefined : now + liveCheck(snapshot)
  const due = owed === undefined || (check !== undefined && check < owed) ? check : owed
  const standsWell = run.dueAt !== undefined && due !== undefined && run.dueAt > now && run.dueAt <= due
  if (standsWell) return
  const write = dueWrite(run, due)
  if (write !== undefined) await service.store.write(write)
}
