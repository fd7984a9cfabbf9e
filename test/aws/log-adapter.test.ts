import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { describe, expect, it, vi } from 'vitest'
import { createLog, logLine } from '../../src/aws/log-adapter.ts'
import { dashboard } from '../../src/deploy/service/dashboard.ts'

const lines = [
  ['run-started', { runId: 'r' }, { RunsStarted: 1 }],
  ['run-finished', { status: 'SUCCEEDED', seconds: 12.5 }, { RunsSucceeded: 1, RunSeconds: 12.5 }],
  ['run-finished', { status: 'FAILED', seconds: 3 }, { RunsFailed: 1, RunSeconds: 3 }],
  ['run-finished', { status: 'CANCELLED', seconds: 3 }, { RunsCancelled: 1, RunSeconds: 3 }],
  ['job-submitted', { job: 'a' }, { JobsSubmitted: 1 }],
  ['submit-refused', { job: 'a' }, { SubmissionsRefused: 1 }],
] as const

describe('the log', () => {
  it.each(lines)('counts %s with %j', (event, facts, metrics) => {
    const line = logLine('batchwise-dev', 1_700_000_000_000, event, facts)
    expect(line).toMatchObject({ event, ...facts, ...metrics, Stack: 'batchwise-dev' })
    const { _aws } = line as { _aws: { CloudWatchMetrics: [{ Metrics: { Name: string }[] }] } }
    expect(_aws.CloudWatchMetrics[0].Metrics.map(({ Name }) => Name)).toEqual(Object.keys(metrics))
  })

  it('prints, unless somebody in the process listens', () => {
    const printed = vi.spyOn(console, 'log').mockImplementation(() => {})
    const log = createLog('batchwise-dev', { now: () => 0, sleep: async () => {} })
    const heard: unknown[] = []
    const listen = (line: unknown) => void heard.push(line)
    subscribe('batchwise:log', listen)
    log.record('swept', { due: 1 })
    unsubscribe('batchwise:log', listen)
    log.record('swept', { due: 2 })
    expect(heard).toEqual([{ event: 'swept', due: 1 }])
    expect(printed.mock.calls).toEqual([['{"event":"swept","due":2}']])
  })

  it('only tells of what is not counted', () => {
    expect(logLine('batchwise-dev', 0, 'swept', { due: 2 })).toEqual({ event: 'swept', due: 2 })
  })

  it('writes every metric that the dashboard shows', () => {
    const shown = [...JSON.stringify(dashboard('s', [])).matchAll(/\\"Batchwise\\",\\"(\w+)\\"/g)].map(
      ([, name]) => name,
    )
    const written = new Set(lines.flatMap(([, , metrics]) => Object.keys(metrics)))
    expect(new Set(shown)).toEqual(written)
  })
})
