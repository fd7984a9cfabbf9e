import type { Service, Watcher } from '../../../src/service/service.ts'

let current: (Service & Watcher) | undefined

/** Stands in for all of `src/aws/service/`: the service of the simulated environment that runs at this moment. */
function simulated(): Service & Watcher {
  if (current === undefined) throw new Error('No simulated environment runs.')
  return current
}

export {
  simulated as recorder,
  simulated as starter,
  simulated as requester,
  simulated as stopper,
  simulated as submitter,
  simulated as watcher,
}

/** One environment runs at a time; the scheduler says which. */
export function enter(service: Service & Watcher): void {
  current = service
}
