import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'
import { type Context, operation } from './context.ts'

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_DeleteJobQueue.html */
export const deleteJobQueue = operation(validate, act)

function validate(members: Members): string {
  return members.requiredText('jobQueue')
}

/** Deleting what is not there is no error; the jobs of a deleted queue end with `JobQueue deleted`. */
function act(context: Context, nameOrArn: string): object {
  const queue = context.registry.findQueue(nameOrArn)
  if (queue === undefined) return {}
  if (queue.state !== 'DISABLED') throw clientException('Cannot delete, resource must be in DISABLED state.')
  context.change({ queueDeleted: queue.jobQueueName })
  context.perform(context.engine.removeQueue(queue.jobQueueName, context.now()))
  return {}
}
