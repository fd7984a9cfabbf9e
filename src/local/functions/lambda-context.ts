import type { Identity, Now } from '../wire/face.ts'
import type { FunctionDefinition } from './serverless-file.ts'

/** What Lambda tells a handler of its invocation. @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export interface LambdaContext {
  readonly awsRequestId: string
  readonly functionName: string
  readonly functionVersion: '$LATEST'
  readonly invokedFunctionArn: string
  /** MB, as text. Nothing holds a function to it locally. */
  readonly memoryLimitInMB: string
  readonly logGroupName: string
  readonly logStreamName: string
  callbackWaitsForEmptyEventLoop: boolean
  getRemainingTimeInMillis(): number
}

export function lambdaContext(
  definition: FunctionDefinition,
  awsRequestId: string,
  identity: Identity,
  now: Now,
): LambdaContext {
  const startedAt = now()
  const day = new Date(startedAt).toISOString().slice(0, 10).replaceAll('-', '/')
  return {
    awsRequestId,
    functionName: definition.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${identity.region}:${identity.account}:function:${definition.name}`,
    memoryLimitInMB: '1024',
    logGroupName: `/aws/lambda/${definition.name}`,
    logStreamName: `${day}/[$LATEST]local`,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, startedAt + definition.timeout * 1000 - now()),
  }
}
