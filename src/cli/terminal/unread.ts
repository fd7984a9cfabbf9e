import type { Writable } from 'node:stream'

/** Ends the process as soon as nobody reads what it prints (`batchwise runs | head`): that is no failure. */
export function endQuietlyWhenUnread(stream: Writable): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
}
