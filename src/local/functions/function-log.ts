import { subscribe, unsubscribe } from 'node:diagnostics_channel'

export interface FunctionLogOptions {
  /** Keeps a line, as CloudWatch Logs keeps what a Lambda function prints. */
  readonly keep: (line: string) => void
  /** Told what a user has to know of: an event that could not be acted on, a run that was not started. */
  readonly onProblem: (what: string) => void
}

const CHANNEL = 'batchwise:log'
/** A message comes back several times before it is given up: it is told of once. */
const REMEMBERED = 1_000

/**
 * Receives what the functions of this process log.
 *
 * @returns what ends it
 */
export function receiveFunctionLog({ keep, onProblem }: FunctionLogOptions): () => void {
  const told = new Set<unknown>()
  const receive = (line: unknown) => {
    keep(JSON.stringify(line))
    const { event, messageId, reason, workflow, depth } = line as Readonly<Record<string, unknown>>
    if (event === 'run-too-deep')
      onProblem(
        `${workflow}: no run was started, it would be number ${depth} of a chain of runs that start each other`,
      )
    if (event !== 'message-failed' || told.has(messageId)) return
    onProblem(`an event could not be acted on: ${reason}`)
    told.add(messageId)
    if (told.size > REMEMBERED) for (const oldest of told) return void told.delete(oldest)
  }
  subscribe(CHANNEL, receive)
  return () => void unsubscribe(CHANNEL, receive)
}
