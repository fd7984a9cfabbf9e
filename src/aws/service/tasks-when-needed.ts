import type { TaskPort } from '../../ports.ts'
import type { ClientTarget } from '../client-target.ts'
import { whenNeeded } from './client-when-needed.ts'

/** Few runs are waited for by a state machine: the client is not even in the function's bundle. */
export function tasksWhenNeeded(target: ClientTarget): TaskPort {
  const load = whenNeeded(async () => {
    const { createTasks } = await import('../task-adapter.ts')
    return createTasks(target)
  })
  return { answer: async (taskToken, answer) => (await load()).answer(taskToken, answer) }
}
