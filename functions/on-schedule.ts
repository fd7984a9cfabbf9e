import { starter } from '../src/aws/service/starter.ts'
import { parseScheduleFiring } from '../src/core/event/schedule-firing.ts'
import { startFromSchedule } from '../src/service/start-from-schedule.ts'

/** A schedule fires: its workflow gets a run, named after the time that was planned. */
export const handler = async (event: unknown): Promise<void> =>
  startFromSchedule(starter(), parseScheduleFiring(event))
