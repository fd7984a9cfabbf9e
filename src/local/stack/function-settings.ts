import { localQueueName } from '../functions/queue-resources.ts'
import type { Services } from '../services.ts'
import { LOCAL_BUS, LOCAL_IDENTITY, LOCAL_STACK_NAME, LOCAL_TABLE, LOCAL_TOPIC } from './local-names.ts'

export interface FunctionSettingsInput {
  readonly queues: Pick<Services['queues'], 'url'>
  readonly stack: Readonly<Record<string, string>>
  readonly endpoint: string
  readonly workflowsFile: string
  /** Milliseconds; every holder of an older claim died with its process. */
  readonly startedAt: number
  /** SubmitJob calls a second that the local Batch takes. @default no limit */
  readonly submitRate?: number
}

const NO_LIMIT = 1000
/** What the functions use of a limit, as in AWS: the rest is left to others, and to bursts. */
const SHARE = 0.9

/** What serverless.yml gives the functions as their environment, with local mode's names for it. */
export function functionSettings(input: FunctionSettingsInput): Readonly<Record<string, string>> {
  const { queues, stack, endpoint, workflowsFile, startedAt, submitRate } = input
  return {
    AWS_REGION: LOCAL_IDENTITY.region,
    BATCHWISE_ENDPOINT: endpoint,
    BATCHWISE_STAGE: 'local',
    BATCHWISE_STACK_NAME: LOCAL_STACK_NAME,
    BATCHWISE_STACK: JSON.stringify(stack),
    BATCHWISE_TABLE: LOCAL_TABLE,
    BATCHWISE_ADVANCE_QUEUE_URL: queues.url(localQueueName('AdvanceQueue')),
    BATCHWISE_TOPIC_ARN: LOCAL_TOPIC,
    BATCHWISE_BUS: LOCAL_BUS,
    BATCHWISE_WORKFLOWS_FILE: workflowsFile,
    BATCHWISE_CLAIMS_VOID_BEFORE: String(startedAt),
    BATCHWISE_SUBMIT_RATE: String(submitRate === undefined ? NO_LIMIT : submitRate * SHARE),
  }
}
