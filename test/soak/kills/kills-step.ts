import type { Step } from '../step.ts'
import { killUnderLoad } from './kill-under-load.ts'

const OPTIONS = { kills: 100, runs: 200, seconds: 0.2, longestLife: 3000 }

export const KILLS: Step = {
  name: 'kills',
  title: `${OPTIONS.kills} times kill -9 under a load of ${OPTIONS.runs} runs`,
  async run() {
    const report = await killUnderLoad({ ...OPTIONS, seed: Date.now() })
    const { runs, jobs, lostAttempts, unrecordedEnds, early, settledIn, wrongs } = report
    const figures = [
      `${runs} runs of 4 jobs, ${jobs} Batch jobs; ${early} kills before it had come up`,
      `${lostAttempts} attempts ended by a kill, ${unrecordedEnds} of them between a job's end and its record`,
      `settled ${(settledIn / 1000).toFixed(1)} s after the last start`,
    ]
    return { figures, wrongs }
  },
}
