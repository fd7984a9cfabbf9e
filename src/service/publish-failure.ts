import { alertsOf } from '../core/alert/alert-kind.ts'
import { type AlertWindow, digestSentWrite, failureName, turnOf, windowKey } from '../core/alert/digest.ts'
import { digestAlert } from '../core/alert/digest-alert.ts'
import { causeText, failedAlert, rootCause } from '../core/alert/failed-alert.ts'
import { failingWrite } from '../core/alert/outcome.ts'
import { BatchwiseError } from '../core/errors.ts'
import { applied } from '../core/run/item-semantics.ts'
import { type JobView, type JobViews, type Snapshot, viewJobs } from '../core/run/job-view.ts'
import { alertPlace } from './alert-place.ts'
import type { Service } from './service.ts'
import { type TimeLeft, tell } from './tell.ts'

const LOG_LINES = 20
/** Runs of a workflow that fail together write one item: each try is lost to one of them at most. */
const MOST_TRIES = 50

/**
 * Tells that a run failed: in a message of its own or, after ten in five minutes, in a digest. Each failure is in exactly
 * one message; at least one, where a crash parts the publishing from its mark.
 *
 * @returns the time to ask again at, for a failure that waits for the digest, or when no time is left
 */
export async function publishFailure(
  service: Service,
  snapshot: Snapshot,
  epoch: number,
  timeLeft: TimeLeft,
): Promise<number | undefined> {
  const { run, definition } = snapshot
  const { on } = alertsOf(definition.workflow)
  if (on.includes('recovered')) await service.store.write(failingWrite(run.workflow))
  if (!on.includes('failed')) return undefined
  const views = [...viewsAtEnd(snapshot, epoch).values()]
  const root = rootCause(views)
  const cause = root === undefined ? 'failed' : `${root.name}: ${causeText(root)}`
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const window = (await service.store.readItem(windowKey(run.workflow))) as AlertWindow | undefined
    const turn = turnOf(run.workflow, window, failureName(run.runId, epoch), cause, service.clock.now())
    const write = 'write' in turn ? turn.write : undefined
    // Another run of the workflow was faster: what it wrote decides.
    if (write !== undefined && !(await service.store.write(write))) continue
    switch (turn.type) {
      case 'told':
        return undefined
      case 'wait':
        return turn.at
      case 'publish':
        return tell(
          service,
          failedAlert(run, views, await lastLines(service, root), alertPlace(service, definition.workflow)),
          timeLeft,
        )
      case 'digest':
        return publishDigest(service, snapshot, applied(turn.window, turn.write), timeLeft)
    }
  }
  const ids = { runId: run.runId }
  throw new BatchwiseError(
    'E_BUSY',
    `The alerts of workflow "${run.workflow}" are being written by too many at once.`,
    { retryable: true, ids },
  )
}

/** The jobs as the alert's epoch left them, also when a retry has opened the next one; what was submitted since is new. */
function viewsAtEnd(snapshot: Snapshot, epoch: number): JobViews {
  return viewJobs({ ...snapshot, run: { ...snapshot.run, status: 'FAILED', epoch } })
}

async function publishDigest(
  service: Service,
  { run, definition }: Snapshot,
  claimed: AlertWindow,
  timeLeft: TimeLeft,
): Promise<number | undefined> {
  const message = digestAlert(run.workflow, claimed, alertPlace(service, definition.workflow))
  const later = await tell(service, message, timeLeft)
  if (later === undefined)
    await service.store.write(digestSentWrite(run.workflow, claimed, service.clock.now()))
  return later
}

/** An alert without log lines is better than none. */
async function lastLines(service: Service, root: JobView | undefined): Promise<readonly string[]> {
  const stream = root?.record?.failedChildren?.logStream ?? root?.record?.logStream
  if (stream === undefined) return []
  try {
    return await service.jobLogs.lastLines(stream, LOG_LINES)
  } catch (error) {
    service.log.record('log-unread', { stream, reason: String(error) })
    return []
  }
}
