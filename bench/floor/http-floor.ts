import { emptyServer, rawClient, serving } from '../raw-http.ts'
import { measured, type Spread, timed } from '../spread.ts'

/** Milliseconds of one request and its answer, client and server in this process, the connection kept. */
export function httpFloor(): Promise<Spread> {
  return serving(emptyServer(), async port => {
    const client = rawClient(port)
    const spread = await measured({ warmUp: 100, count: 300 }, () => timed(() => client.post('{}')))
    client.close()
    return spread
  })
}
