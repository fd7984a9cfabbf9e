import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'

/** Simulated lives are short: what they leave behind is cleared away in one go. */
const YOUNG_MB = 64

export interface PoolOptions<Answer> {
  /** @default as many as there are processors */
  readonly workers?: number | undefined
  /** Each task gets a thread of its own: modules are loaded anew, so that the task may change them. */
  readonly fresh?: boolean
  /** Told of each answer as it comes. */
  readonly answered?: (answer: Answer, task: number) => void
}

/** Runs tasks in plain Node threads of a module that calls `answerTasks`; the answers in the order of the tasks. */
export async function inThreads<Task, Answer>(
  module: URL,
  tasks: readonly Task[],
  options: PoolOptions<Answer> = {},
): Promise<readonly Answer[]> {
  const { workers = availableParallelism(), fresh = false, answered } = options
  const answers: Answer[] = []
  const left = [...tasks.entries()]
  await Promise.all(Array.from({ length: Math.min(tasks.length, workers) }, () => work()))
  return answers

  async function work(): Promise<void> {
    let worker = threadOf(module)
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [index, task] = next
      const answer = await answerOf<Task, Answer>(worker, module, task)
      answers[index] = answer
      answered?.(answer, index)
      if (!fresh) continue
      await worker.terminate()
      worker = threadOf(module)
    }
    await worker.terminate()
  }
}

function threadOf(module: URL): Worker {
  return new Worker(module, { execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } })
}

function answerOf<Task, Answer>(worker: Worker, module: URL, task: Task): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = (code: number) =>
      reject(new Error(`A thread of ${module.pathname} ended with code ${code}.`))
    worker.once('error', reject)
    worker.once('exit', ended)
    worker.once('message', answer => {
      worker.off('error', reject)
      worker.off('exit', ended)
      resolve(answer)
    })
    worker.postMessage(task)
  })
}
