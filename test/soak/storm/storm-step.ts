import { runStorm } from '../../simulation/storm/run-storm.ts'
import type { Step } from '../step.ts'
import { localStorm } from './local-storm.ts'

const SIMULATED = 5000
const LOCAL = 500
/** Of 50 SubmitJob a second, while work waits. */
const LEAST_USED = 0.85

export const STORM: Step = {
  name: 'storm',
  title: `${SIMULATED} uploads in virtual time, ${LOCAL} into local mode, against 50 SubmitJob a second`,
  async run() {
    const simulated = await runStorm(SIMULATED)
    const local = await localStorm(LOCAL)
    const parts = [
      ['virtual time', simulated],
      ['local mode', local],
    ] as const
    return {
      figures: [
        ...parts.map(([name, { uploads, used, seconds }]) => {
          return `${name}: ${uploads} uploads, ${(used * 100).toFixed(1)} % of the quota in the ${seconds.toFixed(0)} s in which work waited`
        }),
        `virtual time: ${simulated.submitted} jobs, ${simulated.throttled} of the calls were answered with 429`,
      ],
      wrongs: parts.flatMap(([name, { wrongs, used }]) => [
        ...wrongs.map(wrong => `${name}: ${wrong}`),
        ...(used < LEAST_USED ? [`${name}: only ${(used * 100).toFixed(1)} % of the quota was used`] : []),
      ]),
    }
  },
}
