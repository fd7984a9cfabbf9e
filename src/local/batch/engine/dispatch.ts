import { noteBlock, unblocked } from './blocked.ts'
import type { Job } from './job.ts'
import type { Queue } from './queue.ts'
import { enabledEnvironments, enter, turn, type World } from './world.ts'

/**
 * Starts what fits: the queues by priority, each in line, each job in the first of its queue's compute environments
 * that has room. A head of line that does not fit holds back its own queue and lets the next queue try.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/job_scheduling.html
 */
export function dispatch(world: World, now: number): void {
  for (const queue of world.dispatchOrder) {
    for (let head = queue.line.head(now); head !== undefined; head = queue.line.head(now)) {
      if (!place(world, queue, head, now)) {
        if (queue.front?.job !== head) queue.front = { job: head, at: now }
        noteBlock(world, queue, head, now)
        break
      }
      queue.line.shift()
    }
  }
}

function place(world: World, queue: Queue, job: Job, now: number): boolean {
  const { refusal, resources } = job.spec
  if (refusal !== undefined) {
    turn(world, job, 'FAILED', now, { statusReason: refusal })
    return true
  }
  const { environments } = queue.settings
  const name = environments.find(candidate => hasRoom(world, candidate, job))
  if (name === undefined || !mayTake(world, queue, job, now)) return false
  world.environments.get(name)?.capacity.take(resources)
  start(world, queue, job, name, now)
  return true
}

function hasRoom(world: World, name: string, job: Job): boolean {
  const environment = world.environments.get(name)
  if (environment?.enabled !== true || environment.outage !== undefined) return false
  return environment.capacity.fits(job.spec.resources)
}

function mayTake(world: World, queue: Queue, job: Job, now: number): boolean {
  if (queue.shares === undefined) return true
  const total = enabledEnvironments(world, queue).reduce((sum, { capacity }) => sum + capacity.total.vcpus, 0)
  return queue.shares.mayTake(job.spec.resources.vcpus, total, now)
}

function start(world: World, { shares }: Queue, job: Job, environment: string, now: number): void {
  shares?.take(job, now)
  const task = world.newTask()
  enter(world, job, { ...unblocked(job.state), status: 'STARTING', since: now, task, environment })
  world.effects.push({ type: 'start', job, task })
}
