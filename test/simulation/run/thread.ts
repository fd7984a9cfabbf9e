import { parentPort } from 'node:worker_threads'

/** The other end of `inThreads`: answers the tasks of this thread, one after another. */
export function answerTasks<Task, Answer>(answer: (task: Task) => Promise<Answer>): void {
  parentPort?.on('message', async (task: Task) => {
    try {
      parentPort?.postMessage(await answer(task))
    } catch (error) {
      // Out of the promise, so that the pool hears of it as the thread's own error.
      setImmediate(() => {
        throw error
      })
    }
  })
}
