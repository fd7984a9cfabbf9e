import { escapeText } from '../../core/workflow/escape-text.ts'
import { arrayProgress } from '../show/job-table.ts'
import type { JobDetails, RunDetails } from '../show/run-details.ts'
import { clockTime } from '../terminal/time.ts'

/** Tells a run as lines, one for each change, where there is no terminal. */
export interface ChangeLines {
  /** The lines for what has changed since the last call. */
  next(details: RunDetails): readonly string[]
}

export function createChangeLines(utc: boolean): ChangeLines {
  const told = new Map<string, string>()
  const changed = (key: string, text: string): boolean => {
    if (told.get(key) === text) return false
    told.set(key, text)
    return true
  }
  return {
    next({ run, jobs }) {
      const time = clockTime(Date.now(), utc)
      const ofJobs = jobs
        .filter(({ status }) => status !== 'WAITING')
        .map(job => [job.name, textOf(job)] as const)
        .filter(([name, text]) => changed(name, text))
        .map(([name, text]) => `${time}  ${name}  ${text}`)
      // The key holds no name of a job.
      const ofRun = changed('', run.status) ? [`${time}  run ${run.runId}  ${run.status}`] : []
      return [...ofJobs, ...ofRun]
    },
  }
}

function textOf({ status, array, why }: JobDetails): string {
  const progress = array === undefined ? '' : `  ${arrayProgress(array, status)}`
  return `${status}${progress}${why === undefined ? '' : `  ${escapeText(why)}`}`
}
