import { SFNClient } from '@aws-sdk/client-sfn'
import type { ClientTarget } from './client-target.ts'

/** Every call may be repeated, a start too: both tries together stay within 8 s. */
const TWICE = {
  maxAttempts: 2,
  requestHandler: { requestTimeout: 3_500, throwOnRequestTimeout: true, connectionTimeout: 3_000 },
}

export function stateMachineClient(target: ClientTarget): SFNClient {
  return new SFNClient({ ...target, ...TWICE })
}
