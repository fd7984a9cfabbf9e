import { channel } from 'node:diagnostics_channel'
import type { Clock, LogPort } from '../ports.ts'

type Facts = Parameters<LogPort['record']>[1]

interface Metric {
  readonly Name: string
  readonly Unit: 'Count' | 'Seconds'
  readonly value: number
}

const lines = channel('batchwise:log')

/**
 * One JSON line for each thing that happened, in a CloudWatch log group that can be searched by its fields. Lines that
 * count are metrics at the same time: CloudWatch reads them from the log, so no call is made for them. Where somebody
 * in this process listens to the channel, as local mode does, they get the lines and nothing is printed.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function createLog(stack: string, clock: Clock): LogPort {
  return {
    record: (event, facts) => {
      const line = logLine(stack, clock.now(), event, facts)
      if (lines.hasSubscribers) lines.publish(line)
      else console.log(JSON.stringify(line))
    },
  }
}

export function logLine(
  stack: string,
  now: number,
  event: string,
  facts: Facts,
): Readonly<Record<string, unknown>> {
  const metrics = metricsOf(event, facts)
  if (metrics.length === 0) return { event, ...facts }
  const definition = {
    Namespace: 'Batchwise',
    Dimensions: [['Stack']],
    Metrics: metrics.map(({ Name, Unit }) => ({ Name, Unit })),
  }
  return {
    _aws: { Timestamp: now, CloudWatchMetrics: [definition] },
    event,
    ...facts,
    Stack: stack,
    ...Object.fromEntries(metrics.map(({ Name, value }) => [Name, value])),
  }
}

/** What is counted. A stack has seven metrics; ten are free. */
function metricsOf(event: string, facts: Facts): readonly Metric[] {
  switch (event) {
    case 'run-started':
      return [count('RunsStarted')]
    case 'run-finished': {
      const seconds: Metric = { Name: 'RunSeconds', Unit: 'Seconds', value: Number(facts['seconds'] ?? 0) }
      return [count(ENDS[String(facts['status'])] ?? 'RunsFailed'), seconds]
    }
    case 'job-submitted':
      return [count('JobsSubmitted')]
    case 'submit-refused':
      return [count('SubmissionsRefused')]
    default:
      return []
  }
}

const ENDS: Readonly<Record<string, string>> = { SUCCEEDED: 'RunsSucceeded', CANCELLED: 'RunsCancelled' }

function count(Name: string): Metric {
  return { Name, Unit: 'Count', value: 1 }
}
