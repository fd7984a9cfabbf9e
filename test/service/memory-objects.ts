import type { ObjectPort, StoredObject } from '../../src/ports.ts'

/** Objects in memory, by their URIs; of one that is not there S3's words. */
export function memoryObjects(): { readonly objects: ObjectPort; readonly stored: Map<string, string> } {
  const stored = new Map<string, string>()
  const objects: ObjectPort = {
    async create(uri, body) {
      if (stored.has(uri)) return false
      stored.set(uri, body)
      return true
    },
    async read(uri, maxBytes, versionId) {
      const text = stored.get(versionId === undefined ? uri : `${uri}?versionId=${versionId}`)
      if (text === undefined) return { type: 'unreadable', reason: 'there is no such object' }
      if (Buffer.byteLength(text) > maxBytes)
        return { type: 'unreadable', reason: `it is larger than ${maxBytes} bytes` }
      return { type: 'text', text }
    },
    async list(prefix, most) {
      const uris = [...stored.keys()].filter(uri => uri.startsWith(prefix)).sort()
      return {
        type: 'objects',
        objects: uris.slice(0, most).map(uri => objectOf(uri, stored.get(uri) ?? '')),
      }
    },
  }
  return { objects, stored }
}

function objectOf(uri: string, text: string): StoredObject {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(uri) ?? []
  return { bucket, key, size: Buffer.byteLength(text), etag: `etag-of-${key}` }
}
