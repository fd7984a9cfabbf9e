import { onMessages } from '../src/aws/on-messages.ts'
import { submitter } from '../src/aws/service/submitter.ts'
import { parseAdvance } from '../src/core/event/advance-message.ts'
import { advance } from '../src/service/advance.ts'

/** "Advance this run": the only function that submits jobs, and the only one whose role may. */
export const handler = onMessages(submitter, parseAdvance, (service, { runId }, timeLeft) =>
  advance(service, runId, timeLeft),
)
