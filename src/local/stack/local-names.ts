import type { Identity } from '../wire/face.ts'

/** Where local mode pretends to be. */
export const LOCAL_IDENTITY: Identity = { account: '000000000000', region: 'us-east-1' }

export const LOCAL_STACK_NAME = 'batchwise-local'
export const LOCAL_TABLE = 'batchwise-local'
export const LOCAL_BUS = 'batchwise-local'
/** What the functions log, as AWS Lambda keeps it. */
export const FUNCTION_LOG_GROUP = '/aws/lambda/batchwise-local'
export const LOCAL_TOPIC = `arn:aws:sns:${LOCAL_IDENTITY.region}:${LOCAL_IDENTITY.account}:batchwise-local-alerts`

/** What `${stack.NAME}` gives in local mode, names of one's own (`custom.batchwise.stack`) added. */
export function localStack(own: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return {
    inputBucket: 'batchwise-input',
    outputBucket: 'batchwise-output',
    defaultQueue: 'default',
    onDemandQueue: 'on-demand',
    ec2SpotQueue: 'ec2-spot',
    highQueue: 'high',
    lowQueue: 'low',
    repository: 'batchwise',
    jobRole: `arn:aws:iam::${LOCAL_IDENTITY.account}:role/batchwise-job`,
    topic: LOCAL_TOPIC,
    stage: 'local',
    region: LOCAL_IDENTITY.region,
    account: LOCAL_IDENTITY.account,
    ...own,
  }
}
