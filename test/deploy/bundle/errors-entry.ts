import { BatchClient, SubmitJobCommand } from '@aws-sdk/client-batch'
import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'

/** What our code can know of an error of AWS. */
export interface SeenError {
  readonly name: string
  readonly message: string
  readonly fault: string | undefined
  readonly status: number | undefined
  readonly attempts: number | undefined
}

/** Calls each client that functions use once, and says how it failed. */
export async function errorsAt(endpoint: string): Promise<Readonly<Record<string, SeenError>>> {
  const credentials = { accessKeyId: 'A', secretAccessKey: 'B' }
  const target = { endpoint, region: 'eu-west-1', credentials, maxAttempts: 2, forcePathStyle: true }
  const document = DynamoDBDocumentClient.from(new DynamoDBClient(target))
  const queue = { ...target, useQueueUrlAsEndpoint: false }
  const calls = {
    dynamodb: document.send(new GetCommand({ TableName: 't', Key: { pk: 'a' } })),
    batch: new BatchClient(target).send(
      new SubmitJobCommand({ jobName: 'j', jobQueue: 'q', jobDefinition: 'd' }),
    ),
    sqs: new SQSClient(queue).send(new SendMessageCommand({ QueueUrl: `${endpoint}/1/q`, MessageBody: 'm' })),
    sns: new SNSClient(target).send(new PublishCommand({ TopicArn: 't', Message: 'm' })),
    logs: new CloudWatchLogsClient(target).send(new GetLogEventsCommand({ logStreamName: 's' })),
    events: new EventBridgeClient(target).send(new PutEventsCommand({ Entries: [] })),
    s3: new S3Client(target).send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: 'x' })),
  }
  const settled = Object.entries(calls).map(
    async ([service, call]) => [service, await failureOf(call)] as const,
  )
  return Object.fromEntries(await Promise.all(settled))
}

async function failureOf(call: Promise<unknown>): Promise<SeenError> {
  try {
    await call
  } catch (error) {
    const { name, message, $fault, $metadata } = error as Error & {
      readonly $fault?: string
      readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number }
    }
    return { name, message, fault: $fault, status: $metadata?.httpStatusCode, attempts: $metadata?.attempts }
  }
  throw new Error('It succeeded.')
}
