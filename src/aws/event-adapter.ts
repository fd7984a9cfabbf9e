import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { BatchwiseError } from '../core/errors.ts'
import { BATCHWISE_SOURCE } from '../core/event/run-state-change.ts'
import type { EventPort } from '../ports.ts'
import type { ClientTarget } from './client-target.ts'

/** Events on Batchwise's own bus, by EventBridge. */
export function createEvents(target: ClientTarget, bus: string): EventPort {
  const client = new EventBridgeClient(target)
  return {
    async put(detailType, detail) {
      const { Entries = [] } = await client.send(
        new PutEventsCommand({
          Entries: [
            {
              EventBusName: bus,
              Source: BATCHWISE_SOURCE,
              DetailType: detailType,
              Detail: JSON.stringify(detail),
            },
          ],
        }),
      )
      // PutEvents answers 200 for an entry that it did not take.
      const [{ ErrorCode: code, ErrorMessage: message } = {}] = Entries
      if (code === undefined) return
      throw new BatchwiseError('E_BUS', `Bus ${bus} did not take "${detailType}": ${code}, ${message}.`, {
        retryable: true,
      })
    },
  }
}
