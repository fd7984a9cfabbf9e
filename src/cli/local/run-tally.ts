import { isFinalRun, type Run } from '../../core/run/run.ts'

/** Counts, workflow by workflow, which runs are under way and how the others ended. */
export interface RunTally {
  note(run: Run): void
  /** Undefined while a run of these workflows is under way, or one of them had none yet. */
  outcomeOf(workflows: readonly string[]): 'succeeded' | 'failed' | undefined
}

interface Count {
  readonly open: Set<string>
  ended: number
  failed: boolean
}

export function createRunTally(): RunTally {
  const counts = new Map<string, Count>()
  return {
    note({ workflow, runId, status }) {
      const count = counts.get(workflow) ?? { open: new Set(), ended: 0, failed: false }
      counts.set(workflow, count)
      if (!isFinalRun(status)) return void count.open.add(runId)
      count.open.delete(runId)
      count.ended += 1
      count.failed ||= status !== 'SUCCEEDED'
    },
    outcomeOf(workflows) {
      const own = workflows.map(name => counts.get(name))
      if (own.some(count => count === undefined || count.open.size > 0 || count.ended === 0)) return undefined
      return own.some(count => count?.failed) ? 'failed' : 'succeeded'
    },
  }
}
