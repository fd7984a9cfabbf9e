import { alertsOf, INCOMPLETE, kindOfAlert, LATE_MEMBERS } from '../core/alert/alert-kind.ts'
import type { AlertMessage } from '../core/alert/alert-message.ts'
import { lateAlert, recoveredAlert } from '../core/alert/run-alerts.ts'
import { incompleteAlert, type Listing, lateMembersAlert } from '../core/collect/collect-alerts.ts'
import type { Member } from '../core/collect/collection.ts'
import { mayCome, missingOf } from '../core/collect/set-manifest.ts'
import { assertNever } from '../core/errors.ts'
import { collectOf } from '../core/run/decide.ts'
import { applied } from '../core/run/item-semantics.ts'
import { type Snapshot, viewJobs } from '../core/run/job-view.ts'
import { alertClaimWrite, alertPostponeWrite, alertSentWrite } from '../core/run/run-writes.ts'
import type { Collect } from '../core/workflow/workflow.ts'
import { alertPlace } from './alert-place.ts'
import { readSetManifest } from './check-manifest.ts'
import { publishFailure } from './publish-failure.ts'
import type { Round } from './round.ts'
import type { Service } from './service.ts'
import { hasTimeToTell, type TimeLeft, tell } from './tell.ts'

/**
 * Publishes a pending alert of a run: claimed, published, marked. At least once; a crash between publishing and marking
 * is the only way to a second message. What the workflow does not want to be told of is marked alone.
 */
export async function publishAlert(
  service: Service,
  snapshot: Snapshot,
  alert: string,
  timeLeft: TimeLeft,
): Promise<Round> {
  const { run } = snapshot
  if (!hasTimeToTell(timeLeft)) return { snapshot, stale: false, goOnAt: service.clock.now() }
  const claim = alertClaimWrite(run, alert, service.clock.now())
  if (!(await service.store.write(claim))) return { snapshot, stale: true }
  const later = await publish(service, snapshot, alert, timeLeft)
  const mark = later === undefined ? alertSentWrite(run, alert) : alertPostponeWrite(run, alert, later)
  if (!(await service.store.write(mark))) return { snapshot, stale: true }
  const next = { ...snapshot, run: applied(applied(run, claim), mark) }
  const isOutOfTime = later !== undefined && later <= service.clock.now()
  return { snapshot: next, stale: false, ...(isOutOfTime && { goOnAt: later }) }
}

/** @returns the time to ask again at, when it is not the alert's turn yet, or no time is left */
async function publish(
  service: Service,
  snapshot: Snapshot,
  alert: string,
  timeLeft: TimeLeft,
): Promise<number | undefined> {
  const { run, definition } = snapshot
  const { workflow } = definition
  const kind = kindOfAlert(alert)
  if (kind === 'failed') return publishFailure(service, snapshot, Number(alert), timeLeft)
  if (!alertsOf(workflow).on.includes(kind)) return undefined
  const place = alertPlace(service, workflow)
  switch (kind) {
    case 'late':
      return tell(service, await latenessAlert(service, snapshot, alert), timeLeft)
    case 'recovered':
      return tell(service, recoveredAlert(run, place), timeLeft)
    case 'stuck':
    case 'missed':
      return undefined // of queues and schedules, never of a run
    default:
      return assertNever(kind)
  }
}

async function latenessAlert(service: Service, snapshot: Snapshot, alert: string): Promise<AlertMessage> {
  const { run, definition } = snapshot
  const place = alertPlace(service, definition.workflow)
  const collect = collectOf(run, definition)
  if (collect !== undefined && alert === INCOMPLETE) return incompletenessAlert(service, snapshot, collect)
  if (alert === LATE_MEMBERS) return lateMembersAlert(run, await service.store.members(run.runId), place)
  return lateAlert(run, viewJobs(snapshot).values(), definition.workflow.deadline ?? 0, place)
}

async function incompletenessAlert(
  service: Service,
  snapshot: Snapshot,
  collect: Collect,
): Promise<AlertMessage> {
  const { run, definition } = snapshot
  const members = await service.store.members(run.runId)
  const listing = await listingOf(service, snapshot, members)
  return incompleteAlert(run, members, collect, alertPlace(service, definition.workflow), listing)
}

async function listingOf(
  service: Service,
  { run, definition }: Snapshot,
  members: readonly Member[],
): Promise<Listing | undefined> {
  const manifest = await readSetManifest(service, run)
  if (manifest?.type !== 'listed') return manifest
  const trigger = definition.workflow.triggers[run.collect?.trigger ?? -1]
  const by = run.collect?.by ?? ''
  const missing = missingOf(manifest.objects, members).map(object => ({
    ...object,
    neverComes: trigger?.type === 'object' && !mayCome(trigger, by, object),
  }))
  return { listed: manifest.objects.length, missing }
}
