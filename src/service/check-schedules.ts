import { alertsOf } from '../core/alert/alert-kind.ts'
import { missedAlert } from '../core/alert/missed-alert.ts'
import { scheduleId } from '../core/event/schedules.ts'
import { firingToCheck } from '../core/schedule/missed-firing.ts'
import {
  checkClaimWrite,
  checkedWrite,
  type FiringRecord,
  firingKey,
  firingWrite,
  type ScheduleRecord,
  scheduleKey,
  sinceWrite,
} from '../core/schedule/schedule-writes.ts'
import type { ScheduleTrigger, Workflow } from '../core/workflow/workflow.ts'
import { alertPlace } from './alert-place.ts'
import type { Watcher } from './service.ts'

/** Tells of schedules that did not fire, where the workflow wants to hear of it. Safe to run twice at once. */
export async function checkSchedules(service: Watcher): Promise<void> {
  for (const { workflow } of service.settings.definitions) {
    if (!alertsOf(workflow).on.includes('missed')) continue
    for (const trigger of workflow.triggers)
      if (trigger.type === 'schedule') await checkSchedule(service, workflow, trigger)
  }
}

async function checkSchedule(service: Watcher, workflow: Workflow, trigger: ScheduleTrigger): Promise<void> {
  const { store, clock } = service
  const key = scheduleKey(workflow.name, scheduleId(trigger))
  const record = ((await store.readItem(key)) ?? {}) as ScheduleRecord
  const now = clock.now()
  if (record.since === undefined) {
    await store.write(sinceWrite(key, now))
    return
  }
  const due = firingToCheck(trigger, record, now)
  if (due === undefined || !(await store.write(checkClaimWrite(key, record, now)))) return
  if (!(await happened(service, workflow, trigger, due))) {
    const { expression, timezone } = trigger
    const missed = { workflow: workflow.name, expression, timezone, scheduledTime: due }
    await service.alerts.publish(missedAlert(missed, alertPlace(service, workflow)))
    await store.write(
      firingWrite(firingKey(workflow.name, scheduleId(trigger), due), { outcome: 'missed' }, now),
    )
    service.log.record('firing-missed', { workflow: workflow.name, scheduledTime: due })
  }
  await store.write(checkedWrite(key, due))
}

/** Skipped is decided, too; a run that was decided on has to be there. */
async function happened(
  { store }: Watcher,
  workflow: Workflow,
  trigger: ScheduleTrigger,
  due: number,
): Promise<boolean> {
  const key = firingKey(workflow.name, scheduleId(trigger), due)
  const firing = (await store.readItem(key)) as FiringRecord | undefined
  if (firing === undefined || firing.outcome === 'missed') return false
  return firing.runId === undefined || (await store.readRun(firing.runId)) !== undefined
}
