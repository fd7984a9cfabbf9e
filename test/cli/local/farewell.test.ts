import { expect, it } from 'vitest'
import { farewell } from '../../../src/cli/local/farewell.ts'

it.each([
  [0, 0, 0, 'Stopping; no job is running, and the next start goes on from here.'],
  [
    1,
    1,
    0,
    'Stopping: 1 job is running and ended now, as by the loss of a host. At the next start 1 begins anew; all else goes on from here.',
  ],
  [
    3,
    1,
    0,
    'Stopping: 3 jobs are running and ended now, as by the loss of a host. At the next start 1 begins anew and 2 fail, for `retry` lets no attempt follow; all else goes on from here.',
  ],
  [
    0,
    0,
    1,
    'Stopping: 1 execution of a state machine is running and ended now. At the next start 1 execution is ABORTED, for none goes on in its middle; all else goes on from here.',
  ],
  [
    1,
    1,
    2,
    'Stopping: 1 job is running and ended now, as by the loss of a host; 2 executions of state machines are running and ended now. At the next start 1 begins anew; 2 executions are ABORTED, for none goes on in its middle; all else goes on from here.',
  ],
])(
  'tells of %i jobs of which %i are tried again, and of %i executions',
  (jobs, triedAgain, executions, text) => {
    expect(farewell({ jobs, triedAgain, executions })).toBe(`${text} Ctrl-C again ends this at once.`)
  },
)
