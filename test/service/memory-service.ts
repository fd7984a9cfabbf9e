import type { AlertMessage } from '../../src/core/alert/alert-message.ts'
import type { Member } from '../../src/core/collect/collection.ts'
import type { Definition } from '../../src/core/run/definition.ts'
import { applied, holds } from '../../src/core/run/item-semantics.ts'
import { type ItemKey, type ItemWrite, jobKey, runKey } from '../../src/core/run/item-write.ts'
import { executionArnOf } from '../../src/core/run/job-name.ts'
import type { JobRecord } from '../../src/core/run/job-record.ts'
import type { Run } from '../../src/core/run/run.ts'
import type { Execution, RunStore } from '../../src/ports.ts'
import type { Recorder, Service, Watcher } from '../../src/service/service.ts'
import { NOW, TIMES } from '../core/run/given.ts'
import { memoryObjects } from './memory-objects.ts'

type Item = Readonly<Record<string, unknown>>

const textOf = ({ pk, sk }: ItemKey) => `${pk} ${sk}`

/** A table in memory, with the meaning that core gives to conditions and writes. */
function memoryStore() {
  const items = new Map<string, Item>()
  const definitions = new Map<string, Definition>()
  const read = <Stored>(key: ItemKey) => items.get(textOf(key)) as Stored | undefined
  const store: RunStore = {
    readRun: async runId => read<Run>(runKey(runId)),
    readJob: async (runId, job) => read<JobRecord>(jobKey(runId, job)),
    readItem: async key => read<Item>(key),
    async load(runId) {
      const run = read<Run>(runKey(runId))
      const jobs = [...items].filter(([key]) => key.startsWith(`run#${runId} job#`)).map(([, item]) => item)
      return run && { run, jobs: jobs as unknown as readonly JobRecord[] }
    },
    async write(write: ItemWrite) {
      const key = textOf(write.key)
      if (!holds(write.condition, items.get(key))) return false
      items.set(key, applied<Item>(items.get(key), write))
      return true
    },
    async putDefinition(definition) {
      definitions.set(definition.hash, definition)
    },
    readDefinition: async hash => definitions.get(hash),
    members: async runId =>
      [...items]
        .filter(([key]) => key.startsWith(`set#${runId} `))
        .map(([, item]) => item as unknown as Member),
    waiting: async (slotKey, limit) =>
      [...items.values()]
        .filter(item => item['waitingFor'] === slotKey)
        .sort((a, b) => Number(a['createdAt']) - Number(b['createdAt']))
        .map(item => String(item['runId']))
        .slice(0, limit),
    dueRuns: async now =>
      [...items.values()].filter(item => Number(item['dueAt']) <= now).map(item => String(item['runId'])),
  }
  const runs = () =>
    [...items].filter(([key]) => key.endsWith(' run')).map(([, item]) => item as unknown as Run)
  return { store, items, runs }
}

/** A service in memory that records facts; what it logs and asks for can be looked at, and its clock be set. */
export function memoryRecorder(definitions: readonly Definition[]) {
  const memory = memoryStore()
  const logged: string[] = []
  const asked: string[] = []
  const clock = { time: NOW }
  const service: Recorder = {
    store: memory.store,
    queue: { send: async runId => void asked.push(runId) },
    clock: { now: () => clock.time, sleep: async () => {} },
    log: { record: event => void logged.push(event) },
    settings: { stack: 'test', stage: 'test', table: 'test', times: TIMES, definitions },
  }
  return { ...memory, service, logged, asked, clock }
}

/** A whole service in memory. AWS Batch and Step Functions take every job and forget it; what is told is kept. */
export function memoryService(definitions: readonly Definition[]) {
  const memory = memoryRecorder(definitions)
  const alerts: AlertMessage[] = []
  const events: object[] = []
  const executions = new Map<string, Execution>()
  const stopped: string[] = []
  const answers: object[] = []
  const { objects, stored } = memoryObjects()
  const fault = { alerts: false, logs: false }
  const service: Service & Watcher = {
    ...memory.service,
    batch: {
      submit: async ({ jobName }) => ({ type: 'accepted', jobId: `id-of-${jobName}` }),
      describe: async () => [],
      list: async () => [],
      failedChildren: async () => ({ count: 2, indexes: '3,9', exitCode: 3, logStream: 'child' }),
      terminate: async () => {},
    },
    queues: {
      head: async () => undefined,
      look: async () => Promise.reject(new Error('no queue has a head')),
    },
    stateMachines: {
      start: async ({ stateMachineArn, name }) => ({
        type: 'accepted',
        jobId: executionArnOf(stateMachineArn, name),
      }),
      describe: async executionArn => executions.get(executionArn),
      stop: async executionArn => void stopped.push(executionArn),
    },
    tasks: {
      answer: async (taskToken, answer) => {
        answers.push({ taskToken, ...answer })
        return true
      },
    },
    alerts: {
      publish: async message => {
        if (fault.alerts) throw new Error('SNS is away')
        alerts.push(message)
      },
    },
    events: { put: async (_type, detail) => void events.push(detail) },
    objects,
    jobLogs: {
      lastLines: async stream => {
        if (fault.logs) throw new Error('no such stream')
        return [`of ${stream}`]
      },
    },
    ids: { token: () => 'token', jitter: () => 0 },
    submitRate: { take: async () => true },
  }
  return { ...memory, service, alerts, events, executions, stopped, answers, stored, fault }
}
