import type { Server } from 'node:http'
import { BatchwiseError } from '../../core/errors.ts'

const LOOPBACK = '127.0.0.1'
const TRIES = 20

export interface PortWish {
  readonly port: number
  /** A port that was asked for is taken or nothing is; otherwise the next free one will do. */
  readonly asked: boolean
}

/**
 * Listens on the loopback address only.
 *
 * @returns the port
 * @throws BatchwiseError E_PORT
 */
export async function listen(server: Server, { port, asked }: PortWish): Promise<number> {
  for (let tried = 0; ; tried++) {
    const candidate = port === 0 ? 0 : port + tried
    try {
      return await listenOn(server, candidate)
    } catch (cause) {
      const inUse = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE'
      if (inUse && !asked && tried < TRIES) continue
      const problem = inUse ? 'is in use by another program' : `cannot be used (${String(cause)})`
      throw new BatchwiseError('E_PORT', `Port ${candidate} ${problem}. Choose another with --port.`, {
        cause,
      })
    }
  }
}

function listenOn(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const onError = (error: Error) => reject(error)
  server.once('error', onError)
  server.listen(port, LOOPBACK, () => {
    server.off('error', onError)
    const address = server.address()
    resolve(typeof address === 'object' && address !== null ? address.port : port)
  })
  return promise
}
