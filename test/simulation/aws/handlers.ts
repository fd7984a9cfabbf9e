import { registerHooks } from 'node:module'
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda'

/** The functions of `serverless.yml`. */
export type FunctionName =
  | 'advance'
  | 'on-event'
  | 'on-job-state-change'
  | 'on-object-created'
  | 'on-request'
  | 'on-schedule'
  | 'sweep'

export type Handler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse | undefined>

const FUNCTIONS = new URL('../../../functions/', import.meta.url).href
const SERVICES = new URL('../../../src/aws/service/', import.meta.url).href
const SIMULATED = new URL('./current-service.ts', import.meta.url).href

// The real function files run, unchanged; the services they are given are simulated.
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context)
    const isAsked = resolved.url.startsWith(SERVICES) && context.parentURL?.startsWith(FUNCTIONS)
    return isAsked ? { ...resolved, url: SIMULATED } : resolved
  },
})

const [advance, onEvent, onJobStateChange, onObjectCreated, onRequest, onSchedule, sweep] = await Promise.all(
  [
    import('../../../functions/advance.ts'),
    import('../../../functions/on-event.ts'),
    import('../../../functions/on-job-state-change.ts'),
    import('../../../functions/on-object-created.ts'),
    import('../../../functions/on-request.ts'),
    import('../../../functions/on-schedule.ts'),
    import('../../../functions/sweep.ts'),
  ],
)

/** The handlers as they are deployed. Import this only in a plain Node thread. */
export const handlers: Readonly<Record<FunctionName, Handler>> = {
  advance: advance.handler,
  'on-event': onEvent.handler,
  'on-job-state-change': onJobStateChange.handler,
  'on-object-created': onObjectCreated.handler,
  'on-request': onRequest.handler,
  'on-schedule': event => onSchedule.handler(event).then(() => undefined),
  sweep: () => sweep.handler().then(() => undefined),
}
