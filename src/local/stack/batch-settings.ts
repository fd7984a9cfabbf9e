import type { BatchOptions } from '../batch/batch.ts'
import type { Located } from '../functions/located.ts'

/** What of the local AWS Batch can be set in serverless.yml. */
export type BatchSettings = Pick<
  BatchOptions,
  'submitRate' | 'retention' | 'timeoutGrace' | 'memory' | 'gpus'
>

const DAY = 24 * 60 * 60 * 1000
const MIB_PER_GIB = 1024

const KEYS = ['submitRate', 'retentionDays', 'graceSeconds', 'memoryGiB', 'gpus']

/**
 * Reads `custom.batchwise.local.batch`; what is left out is as on AWS, except that SubmitJob has no limit.
 *
 * @throws BatchwiseError E_SERVERLESS_FILE
 */
export function readBatchSettings(settings: Located): BatchSettings {
  for (const [key, value] of settings.entries())
    if (!KEYS.includes(key)) throw value.refuse(`unknown setting; there are ${KEYS.join(', ')}.`)
  const submitRate = settings.get('submitRate').number([1, 100_000], undefined)
  const retention = settings.get('retentionDays').number([0.001, 3650], undefined)
  const grace = settings.get('graceSeconds').number([0, 3600], undefined)
  const memory = settings.get('memoryGiB').number([0.1, 100_000], undefined)
  const gpus = settings.get('gpus').number([0, 1000], undefined)
  return {
    ...(submitRate === undefined ? {} : { submitRate }),
    ...(retention === undefined ? {} : { retention: retention * DAY }),
    ...(grace === undefined ? {} : { timeoutGrace: grace * 1000 }),
    ...(memory === undefined ? {} : { memory: Math.floor(memory * MIB_PER_GIB) }),
    ...(gpus === undefined ? {} : { gpus }),
  }
}
