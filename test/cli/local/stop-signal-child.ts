import { stopSignal } from '../../../src/cli/local/stop-signal.ts'

// A stop that never comes to its end.
const stopping = stopSignal()
setInterval(() => {}, 60_000)
process.stdout.write('ready\n')
await stopping
process.stdout.write('stopping\n')
