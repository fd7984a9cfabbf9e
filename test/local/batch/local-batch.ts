import { randomUUID } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BatchClient } from '@aws-sdk/client-batch'
import type { AwsEvent } from '../../../src/local/aws-event.ts'
import { type Batch, type BatchOptions, createBatch } from '../../../src/local/batch/batch.ts'
import { Journal } from '../../../src/local/journal.ts'

export interface Detail {
  readonly jobId: string
  readonly jobName: string
  readonly status: string
  readonly statusReason?: string
  readonly startedAt?: number
  readonly stoppedAt?: number
  readonly attempts: readonly Record<string, unknown>[]
  readonly container?: Record<string, unknown>
  readonly arrayProperties?: Record<string, unknown>
}

/** A local Batch behind a real HTTP server, with a real SDK client before it. */
export class LocalBatch {
  readonly client: BatchClient
  readonly events: AwsEvent[] = []
  readonly lines: { readonly stream: string; readonly message: string }[] = []
  readonly folder: string
  readonly endpoint: string
  readonly #server: Server
  readonly #batch: Batch
  readonly #journal: Journal
  readonly #news = new EventEmitter().setMaxListeners(1000)

  private constructor(server: Server, folder: string, options: Partial<BatchOptions>) {
    this.folder = folder
    this.#server = server
    this.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
    this.client = new BatchClient({
      endpoint: this.endpoint,
      region: 'eu-central-1',
      credentials,
      maxAttempts: 1,
    })
    this.#journal = new Journal(join(folder, 'journal'))
    this.#batch = createBatch({
      journal: this.#journal,
      identity: { account: '000000000000', region: 'eu-central-1' },
      now: Date.now,
      emit: event => this.#hear(event),
      log: (_group, stream, _timestamp, message) => {
        this.lines.push({ stream, message })
        this.#news.emit('event')
      },
      folder: join(folder, 'jobs'),
      endpoint: () => this.endpoint,
      images: {},
      memory: 4096,
      ...options,
    })
    this.#journal.open()
    this.#batch.start()
    server.on('request', (request, response) => {
      const [path = '', query = ''] = (request.url ?? '').split('?')
      const wire = { method: request.method ?? '', path, query, headers: request.headers, body: request }
      void this.#batch.face({ ...wire, requestId: randomUUID() }, response)
    })
  }

  static async open(options: Partial<BatchOptions> = {}, folder = mkdtempSync(join(tmpdir(), 'batch-'))) {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new LocalBatch(server, folder, options)
  }

  /** Ends it; `keep` leaves its folder to the next one. */
  async close({ keep = false } = {}): Promise<void> {
    await this.#batch.stop()
    this.#journal.close()
    this.client.destroy()
    this.#server.closeAllConnections()
    this.#server.close()
    if (!keep) rmSync(this.folder, { recursive: true, force: true })
  }

  /** Resolves with the event of this job in this status, past or to come. */
  async event(jobId: string, ...statuses: readonly string[]): Promise<Detail> {
    for (;;) {
      const found = this.details(jobId).find(detail => statuses.includes(detail.status))
      if (found !== undefined) return found
      await this.next()
    }
  }

  ended(jobId: string): Promise<Detail> {
    return this.event(jobId, 'SUCCEEDED', 'FAILED')
  }

  /** Resolves when this line was logged. */
  async line(message: string): Promise<void> {
    while (!this.messages().includes(message)) await this.next()
  }

  /** Resolves with the next event or line. */
  async next(): Promise<void> {
    await once(this.#news, 'event')
  }

  details(jobId: string): readonly Detail[] {
    return this.events
      .filter(event => event['detail-type'] === 'Batch Job State Change')
      .map(event => event.detail as unknown as Detail)
      .filter(detail => detail.jobId === jobId)
  }

  messages(): readonly string[] {
    return this.lines.map(({ message }) => message)
  }

  #hear(event: AwsEvent): void {
    this.events.push(event)
    this.#news.emit('event')
  }
}
