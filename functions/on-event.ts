import { onMessages } from '../src/aws/on-messages.ts'
import { starter } from '../src/aws/service/starter.ts'
import { parseBusEvent } from '../src/core/event/bus-event.ts'
import { startFromEvent } from '../src/service/start-from-event.ts'

/** An event of a trigger's pattern, or `Batchwise Run State Change`: workflows that wait for it get a run. */
export const handler = onMessages(starter, parseBusEvent, startFromEvent)
