import { existsSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import dynalite from 'dynalite'

/** The embedded DynamoDB. It answers requests that the router has let in, on the router's port. */
export interface LocalDynamo {
  /** Takes a request whose body has not been read. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void
  /** Told when the tables are there and can be written to: from now on the folder is kept. */
  tablesReady(): void
  /** Closes the database, so that the folder can be opened again. */
  close(): Promise<void>
}

/**
 * dynalite over LevelDB in a folder: acknowledged writes survive SIGKILL. It has no transactions and no TTL.
 *
 * A table that a kill leaves half made never becomes active again. So a folder in which the tables were never ready is
 * begun anew: nothing in it was ever acknowledged.
 *
 * @param folder belongs to this database alone; a file beside it, `<folder>.ready`, marks it as whole
 */
export function createDynamo(folder: string): LocalDynamo {
  const ready = `${folder}.ready`
  if (!existsSync(ready)) rmSync(folder, { recursive: true, force: true })
  const server = dynalite({ path: folder, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
  return {
    handle: (request, response) => {
      server.emit('request', request, response)
    },
    tablesReady: () => writeFileSync(ready, ''),
    close: () => closeByListening(server),
  }
}

/** dynalite closes its database only after its own server has listened; ours never did, so it does for a moment. */
function closeByListening(server: ReturnType<typeof dynalite>): Promise<void> {
  const socket = join(tmpdir(), `batchwise-${process.pid}-${performance.now()}.sock`)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(socket, () => server.close(error => (error ? reject(error) : resolve())))
  })
}
