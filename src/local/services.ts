import { mkdirSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import type { AwsEvent } from './aws-event.ts'
import { type Batch, type BatchOptions, createBatch } from './batch/batch.ts'
import { createDynamo } from './dynamodb/dynamodb.ts'
import { createEventBus, type EventBus } from './eventbridge/event-bus.ts'
import { Journal } from './journal.ts'
import { createLogs, type Logs } from './logs/logs.ts'
import { createS3, type S3 } from './s3/s3.ts'
import { createScheduler, type Scheduler } from './scheduler/scheduler.ts'
import { createSns } from './sns/sns.ts'
import { createQueues, type Queues } from './sqs/queues.ts'
import type { BatchSettings } from './stack/batch-settings.ts'
import { LOCAL_IDENTITY as identity, LOCAL_TOPIC } from './stack/local-names.ts'
import type { LocalImage } from './stack/serverless-stack.ts'
import { createStepFunctions, type StepFunctions } from './states/states.ts'
import { createSts } from './sts/sts.ts'
import { createRouter } from './wire/router.ts'

export interface ServicesOptions {
  /** Each service has a folder of its own in it. */
  readonly folder: string
  readonly port: number
  readonly images: Readonly<Record<string, LocalImage>>
  /** Settings of Batch. @default as on AWS */
  readonly batch?: BatchSettings & Pick<BatchOptions, 'containers' | 'isolation' | 'programs'>
  /** Told of every event on the default bus, after the rules were served. */
  readonly onEvent: (event: AwsEvent) => void
  readonly onProblem: (what: string) => void
}

/** All services of the local AWS, over one journal and behind one router. */
export interface Services {
  readonly router: RequestListener
  readonly batch: Batch
  readonly bus: EventBus
  readonly logs: Pick<Logs, 'write'>
  readonly queues: Queues
  readonly s3: S3
  readonly scheduler: Scheduler
  readonly states: StepFunctions
  /** Told when the table can be written to. */
  tableReady(): void
  /** Call it when no request and no job is under way. */
  close(): Promise<void>
}

export function openServices(options: ServicesOptions): Services {
  const { folder, port, images, onEvent, onProblem } = options
  mkdirSync(folder, { recursive: true })
  const now = Date.now
  const endpoint = () => `http://127.0.0.1:${port}`
  const journal = new Journal(join(folder, 'journal.jsonl'))
  const queues = createQueues({ journal, identity, now, endpoint })
  const bus = createEventBus({
    identity,
    now,
    deliver: (queue, event) => void queues.send(queue, JSON.stringify(event)),
  })
  const emit = (event: AwsEvent) => {
    bus.emit(event)
    onEvent(event)
  }
  const logs = createLogs({ identity, now, folder: join(folder, 'logs') })
  const batch = createBatch({
    journal,
    identity,
    now,
    emit,
    log: logs.write,
    folder: join(folder, 'attempts'),
    endpoint,
    images,
    ...options.batch,
  })
  const states = createStepFunctions({ journal, identity, now, emit, putEvents: bus.put })
  const s3 = createS3({
    folder: join(folder, 's3'),
    identity,
    now,
    emit: event => {
      emit(event)
      journal.flush() // an upload is acknowledged only when the message that tells of it is kept
    },
  })
  const scheduler = createScheduler({ journal, now })
  const dynamo = createDynamo(join(folder, 'dynamodb'))
  journal.open()
  const router = createRouter({
    port: () => port,
    faces: {
      batch: batch.face,
      s3: s3.face,
      sqs: queues.face,
      events: async (request, response) => {
        await bus.face(request, response)
        journal.flush()
      },
      sns: createSns({ identity, now, folder: join(folder, 'outbox'), topics: [LOCAL_TOPIC] }).face,
      logs: logs.face,
      sts: createSts({ identity }).face,
      states: states.face,
    },
    dynamo: dynamo.handle,
    onError: (error, { service }) =>
      onProblem(`${service}: ${error instanceof Error ? error.message : String(error)}`),
  })
  return {
    ...{ router, batch, bus, logs, queues, s3, scheduler, states },
    tableReady: () => dynamo.tablesReady(),
    async close() {
      logs.flush()
      journal.close()
      await dynamo.close()
    },
  }
}
