import type { ScheduleFiring } from '../core/event/schedule-firing.ts'
import { scheduleId } from '../core/event/schedules.ts'
import { isFinalRun, type TriggerFacts } from '../core/run/run.ts'
import { runIdOf, type TriggerIdentity } from '../core/run/run-identity.ts'
import { scheduleSlot } from '../core/run/slot.ts'
import { parametersFrom } from '../core/run/trigger-scope.ts'
import { scheduleFacts } from '../core/schedule/schedule-facts.ts'
import {
  currentRunWrite,
  type FiringRecord,
  firingKey,
  firingWrite,
  lastFiringWrite,
  type ScheduleRecord,
  scheduleKey,
} from '../core/schedule/schedule-writes.ts'
import type { ScheduleTrigger, Workflow } from '../core/workflow/workflow.ts'
import { cancelRun } from './change-run.ts'
import type { Starter } from './service.ts'
import { startRun } from './start-run.ts'

/**
 * Starts the run of a firing, unless the run of an earlier one is still going on and the schedule says `overlap: skip`.
 * `queue` and `cancelPrevious` let the new run wait until that one has ended.
 * The same firing again finds the same decision and the same run. A schedule that no workflow has any more is passed over.
 */
export async function startFromSchedule(service: Starter, firing: ScheduleFiring): Promise<void> {
  const found = scheduleNamed(service, firing)
  if (found === undefined) return service.log.record('schedule-unknown', { ...firing })
  const { workflow, trigger } = found
  const identity: TriggerIdentity = {
    type: 'schedule',
    schedule: firing.schedule,
    scheduledTime: firing.scheduledTime,
  }
  const runId = runIdOf(service.settings.stack, workflow.name, identity)
  const { outcome, previous } = await decideFiring(service, firing, trigger, runId)
  if (outcome === 'skipped') {
    return service.log.record('firing-skipped', {
      workflow: workflow.name,
      scheduledTime: firing.scheduledTime,
    })
  }
  const facts: TriggerFacts = {
    type: 'schedule',
    values: scheduleFacts(trigger.timezone, firing.scheduledTime),
  }
  if (trigger.overlap === 'cancelPrevious' && (await isGoingOn(service.store, previous, runId))) {
    await cancelRun(service, previous ?? '')
  }
  const parameters = parametersFrom(workflow, trigger, facts)
  const slot = waits(trigger) ? scheduleSlot(workflow.name, firing.schedule) : undefined
  await startRun(service, {
    workflow: workflow.name,
    identity,
    trigger: facts,
    parameters,
    ...(slot && { slot }),
  })
}

function scheduleNamed(
  { settings }: Starter,
  firing: ScheduleFiring,
): { readonly workflow: Workflow; readonly trigger: ScheduleTrigger } | undefined {
  const workflow = settings.definitions.find(it => it.workflow.name === firing.workflow)?.workflow
  const trigger = workflow?.triggers
    .filter(it => it.type === 'schedule')
    .find(it => scheduleId(it) === firing.schedule)
  return workflow && trigger && { workflow, trigger }
}

/** Decided once, and for all deliveries of the firing. */
async function decideFiring(
  { store, clock }: Starter,
  { workflow, schedule, scheduledTime }: ScheduleFiring,
  { overlap }: ScheduleTrigger,
  runId: string,
): Promise<FiringRecord> {
  const key = firingKey(workflow, schedule, scheduledTime)
  const ofSchedule = scheduleKey(workflow, schedule)
  for (;;) {
    const decided = (await store.readItem(key)) as FiringRecord | undefined
    if (decided !== undefined && decided.outcome !== 'missed') return decided
    const record = ((await store.readItem(ofSchedule)) ?? {}) as ScheduleRecord
    const skip = overlap === 'skip' && (await isGoingOn(store, record.lastRunId, runId))
    const previous = record.lastRunId === runId ? undefined : record.lastRunId
    const firing: FiringRecord = skip
      ? { outcome: 'skipped' }
      : { outcome: 'started', runId, ...(previous !== undefined && { previous }) }
    if (!skip && record.lastRunId !== runId) {
      if (!(await store.write(currentRunWrite(ofSchedule, record, runId)))) continue
    }
    if (!(await store.write(firingWrite(key, firing, clock.now())))) continue
    await store.write(lastFiringWrite(ofSchedule, scheduledTime))
    return firing
  }
}

/** These runs go one after another; a cancelled one has to have stopped before the next begins. */
function waits({ overlap }: ScheduleTrigger): boolean {
  return overlap === 'queue' || overlap === 'cancelPrevious'
}

async function isGoingOn(
  store: Starter['store'],
  lastRunId: string | undefined,
  runId: string,
): Promise<boolean> {
  if (lastRunId === undefined || lastRunId === runId) return false
  const run = await store.readRun(lastRunId)
  return run !== undefined && !isFinalRun(run.status)
}
