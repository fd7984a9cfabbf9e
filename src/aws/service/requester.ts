import type { Requester } from '../../service/service.ts'
import { once } from './once.ts'
import { createRecorder } from './recorder.ts'
import { tasksWhenNeeded } from './tasks-when-needed.ts'

/** For the function that takes requests: it may tell a state machine at once that its request is at fault. */
export const requester: () => Requester = once((settings, target) => ({
  ...createRecorder(settings, target),
  tasks: tasksWhenNeeded(target),
}))
