import type { Command, SubmitCommand } from '../core/run/decide.ts'
import { applied } from '../core/run/item-semantics.ts'
import type { ItemWrite } from '../core/run/item-write.ts'
import type { JobRecord } from '../core/run/job-record.ts'
import type { Snapshot } from '../core/run/job-view.ts'
import { cancelWaitingWrite, terminatedWrite } from '../core/run/job-writes.ts'
import { finishWrite, raiseAlertWrite } from '../core/run/run-writes.ts'
import { announce } from './announce.ts'
import { answerTask } from './answer-task.ts'
import { checkManifest } from './check-manifest.ts'
import { closeSet, takeMembers } from './close-set.ts'
import { relist, takeOver } from './find-lost.ts'
import { freeSlot } from './free-slot.ts'
import { publishAlert } from './publish-alert.ts'
import { isRecovery } from './recover.ts'
import type { Round } from './round.ts'
import type { Service } from './service.ts'
import { stopJob } from './stop-job.ts'
import type { TimeLeft } from './tell.ts'

/** Carries out one command that submits nothing, and says how the run looks after it. */
export async function carryOut(
  service: Service,
  snapshot: Snapshot,
  command: Exclude<Command, SubmitCommand>,
  timeLeft: TimeLeft,
): Promise<Round> {
  const now = service.clock.now()
  switch (command.type) {
    case 'takeOver':
      return withRecord(snapshot, await takeOver(service, snapshot, command.record))
    case 'relist':
      return withRecord(snapshot, await relist(service, snapshot, command.record, command.due))
    case 'cancelWaiting':
      return writeJob(service, snapshot, command.record, cancelWaitingWrite(command.record, now))
    case 'terminate': {
      await stopJob(service, command.jobId, 'Batchwise: the run was cancelled')
      return writeJob(service, snapshot, command.record, terminatedWrite(command.record, now))
    }
    case 'finish':
      return finish(service, snapshot, command.status, now)
    case 'freeSlot':
      return freeSlot(service, snapshot)
    case 'closeSet':
      return closeSet(service, snapshot)
    case 'takeMembers':
      return takeMembers(service, snapshot)
    case 'checkManifest':
      return checkManifest(service, snapshot)
    case 'raiseAlert':
      return writeRun(service, snapshot, raiseAlertWrite(snapshot.run, command.alert))
    case 'announce':
      return announce(service, snapshot)
    case 'answerTask':
      return answerTask(service, snapshot, command.name)
    case 'publishAlert':
      return publishAlert(service, snapshot, command.alert, timeLeft)
  }
}

async function finish(
  service: Service,
  snapshot: Snapshot,
  status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED',
  now: number,
): Promise<Round> {
  const recovers = status === 'SUCCEEDED' && (await isRecovery(service, snapshot))
  const write = finishWrite(snapshot.run, status, now, recovers)
  if (!(await service.store.write(write))) return { snapshot, stale: true }
  const { runId, workflow, createdAt } = snapshot.run
  service.log.record('run-finished', { runId, workflow, status, seconds: (now - createdAt) / 1000 })
  return {
    snapshot: { ...snapshot, run: applied(snapshot.run, write) },
    stale: false,
  }
}

async function writeRun(service: Service, snapshot: Snapshot, write: ItemWrite): Promise<Round> {
  if (!(await service.store.write(write))) return { snapshot, stale: true }
  return { snapshot: { ...snapshot, run: applied(snapshot.run, write) }, stale: false }
}

async function writeJob(
  service: Service,
  snapshot: Snapshot,
  record: JobRecord,
  write: ItemWrite,
): Promise<Round> {
  if (!(await service.store.write(write))) return { snapshot, stale: true }
  return withRecord(snapshot, applied(record, write))
}

function withRecord(snapshot: Snapshot, record: JobRecord | undefined): Round {
  if (record === undefined) return { snapshot, stale: true }
  return { snapshot: { ...snapshot, jobs: new Map(snapshot.jobs).set(record.job, record) }, stale: false }
}
