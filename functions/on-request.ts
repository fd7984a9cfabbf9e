import { onMessages } from '../src/aws/on-messages.ts'
import { requester } from '../src/aws/service/requester.ts'
import { parseRunRequest } from '../src/core/event/run-request.ts'
import { carryOutRequest } from '../src/service/carry-out-request.ts'

/** `Start`, `Cancel` and `Retry Requested` on Batchwise's own bus: what people and other programs ask for. */
export const handler = onMessages(requester, parseRunRequest, carryOutRequest)
