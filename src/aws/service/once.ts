import { type ClientTarget, clientTarget } from '../client-target.ts'
import { readSettings, type Settings } from '../settings.ts'

/** Makes a service from the environment of this process on first use, and keeps it for all invocations. */
export function once<Made>(make: (settings: Settings, target: ClientTarget) => Made): () => Made {
  let made: Made | undefined
  return () => {
    if (made === undefined) {
      const settings = readSettings(process.env)
      made = make(settings, clientTarget(settings.endpoint, process.env['AWS_REGION']))
    }
    return made
  }
}
