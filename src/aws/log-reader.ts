import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import type { ClientTarget } from './client-target.ts'

export interface LogPlace {
  readonly group: string
  readonly stream: string
}

export interface LogLine {
  /** Milliseconds. */
  readonly time: number
  readonly text: string
}

export interface LogPage {
  readonly lines: readonly LogLine[]
  /** Where later lines begin. */
  readonly next: string | undefined
}

/** Lines of CloudWatch Logs, in the order in which they came in. */
export interface LogReader {
  /** The last lines of a stream, at most `count`; none for a stream that is not there yet. */
  last(place: LogPlace, count: number): Promise<LogPage>
  /** All lines from the beginning, or after `from`; page by page, up to what is there now. */
  read(place: LogPlace, from?: string): AsyncGenerator<LogPage>
}

export function createLogReader(target: ClientTarget): LogReader {
  const client = new CloudWatchLogsClient({ ...target, maxAttempts: 4 })

  async function page(
    { group, stream }: LogPlace,
    how: {
      readonly startFromHead?: boolean
      readonly nextToken?: string | undefined
      readonly limit?: number
    },
  ): Promise<LogPage> {
    try {
      const { events = [], nextForwardToken } = await client.send(
        new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, ...how }),
      )
      const lines = events.map(({ timestamp = 0, message = '' }) => ({ time: timestamp, text: message }))
      return { lines, next: nextForwardToken }
    } catch (error) {
      // The group or the stream appears with its first line.
      if (error instanceof Error && error.name === 'ResourceNotFoundException')
        return { lines: [], next: undefined }
      throw error
    }
  }

  return {
    last: (place, count) => page(place, { startFromHead: false, limit: count }),
    async *read(place, from) {
      let token = from
      for (;;) {
        const found = await page(place, { startFromHead: true, nextToken: token })
        if (found.lines.length > 0) yield found
        // The same token again says that there is no more now; a page without lines may still have later ones.
        if (found.next === undefined || found.next === token) return
        token = found.next
      }
    },
  }
}
