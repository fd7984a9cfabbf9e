import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'

/** Runs tasks in plain Node threads, as many at once as there are processors; the answers in the order of the tasks. */
export async function inThreads<Task, Answer>(
  module: URL,
  tasks: readonly Task[],
): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  const left = [...tasks.entries()]
  const threads = Math.min(tasks.length, availableParallelism())
  await Promise.all(Array.from({ length: threads }, () => work()))
  return answers

  async function work(): Promise<void> {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [index, task] = next
      answers[index] = await inThread<Task, Answer>(module, task)
    }
  }
}

/** One task in a thread of its own: modules are loaded anew, so the task may change them. */
function inThread<Task, Answer>(module: URL, task: Task): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(module, { workerData: task, execArgv: [] })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', code => reject(new Error(`A thread of ${module.pathname} ended with code ${code}.`)))
  })
}
