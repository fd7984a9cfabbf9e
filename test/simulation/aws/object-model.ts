import type { ObjectPort } from '../../../src/ports.ts'
import type { Scheduler } from '../scheduler.ts'
import { type Calls, NoAnswer } from './calls.ts'
import type { Environment } from './lambda.ts'

/** S3, as far as the service asks for it: objects by their URIs. */
export interface ObjectModel {
  readonly texts: Map<string, string>
  /** What a read finds at a source that somebody writes to, at any moment another; undefined: what was stored. */
  source?: (uri: string, now: number) => string | undefined
}

export function objectPort(
  { call, objects, scheduler }: { call: Calls; objects: ObjectModel; scheduler: Scheduler },
  environment: () => Environment,
): ObjectPort {
  const get = <T>(port: string, uri: string, carryOut: () => T): Promise<T> =>
    call(environment(), { port, subject: () => uri, repeatable: true, carryOut, unanswered: noAnswer })
  return {
    create: (uri, body) =>
      get('objects.create', uri, () => {
        if (objects.texts.has(uri)) return false
        objects.texts.set(uri, body)
        return true
      }),
    read: uri =>
      get('objects.read', uri, () => {
        const text = objects.source?.(uri, scheduler.now()) ?? objects.texts.get(uri)
        if (text === undefined) return { type: 'unreadable', reason: 'there is no such object' }
        return { type: 'text', text }
      }),
    list: (prefix, most) =>
      get('objects.list', prefix, () => ({
        type: 'objects',
        objects: [...objects.texts.keys()]
          .filter(uri => uri.startsWith(prefix))
          .slice(0, most)
          .map(uri => ({ bucket: 'in', key: uri.slice('s3://in/'.length), size: 1, etag: 'e' })),
      })),
  }
}

function noAnswer(reason: string): never {
  throw new NoAnswer(reason)
}
