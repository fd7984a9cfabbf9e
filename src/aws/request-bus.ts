import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { BatchwiseError } from '../core/errors.ts'
import type { REQUEST_TYPES } from '../core/event/run-request.ts'
import type { ClientTarget } from './client-target.ts'

/** Asks the service for something, by an event on its own bus: whoever asks needs no more than events:PutEvents. */
export interface RequestBus {
  /** @throws BatchwiseError E_REQUEST when the bus did not take the event */
  send(type: (typeof REQUEST_TYPES)[number], detail: Readonly<Record<string, unknown>>): Promise<void>
}

export function createRequestBus(target: ClientTarget, bus: string): RequestBus {
  const client = new EventBridgeClient({ ...target, maxAttempts: 4 })
  return {
    async send(type, detail) {
      const { Entries: [entry] = [] } = await client.send(
        new PutEventsCommand({
          Entries: [
            {
              EventBusName: bus,
              Source: 'batchwise.command',
              DetailType: type,
              Detail: JSON.stringify(detail),
            },
          ],
        }),
      )
      if (entry?.EventId !== undefined) return
      throw new BatchwiseError(
        'E_REQUEST',
        `The bus ${bus} did not take the request: ${entry?.ErrorCode ?? 'no answer'} ${entry?.ErrorMessage ?? ''}. Is the stack deployed?`,
      )
    },
  }
}
