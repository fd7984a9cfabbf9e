import { onMessages } from '../src/aws/on-messages.ts'
import { stopper } from '../src/aws/service/stopper.ts'
import { parseJobStateChange } from '../src/core/event/job-state-change.ts'
import { recordChange } from '../src/service/record-change.ts'

/** `Batch Job State Change`: the run this job belongs to moves on. */
export const handler = onMessages(stopper, parseJobStateChange, recordChange)
