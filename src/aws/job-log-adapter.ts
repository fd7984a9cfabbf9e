import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import type { JobLogPort } from '../ports.ts'
import type { ClientTarget } from './client-target.ts'

/** What jobs wrote, by CloudWatch Logs. */
export function createJobLogs(target: ClientTarget, logGroupName: string): JobLogPort {
  const client = new CloudWatchLogsClient({ ...target, maxAttempts: 2 })
  return {
    async lastLines(logStreamName, limit) {
      const { events = [] } = await client.send(
        new GetLogEventsCommand({ logGroupName, logStreamName, limit, startFromHead: false }),
      )
      return events.map(({ message = '' }) => message)
    },
  }
}
