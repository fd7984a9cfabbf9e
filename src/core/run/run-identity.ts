import { createHash } from 'node:crypto'

/** What started a run; the same trigger delivered twice is the same identity, so it starts one run. */
export type TriggerIdentity =
  | {
      readonly type: 'object'
      readonly bucket: string
      readonly key: string
      readonly versionId?: string
      readonly sequencer?: string
      readonly etag?: string
    }
  | { readonly type: 'manual'; readonly requestId: string }
  /** `scheduledTime` in milliseconds: when it was to fire, not when it did. */
  | { readonly type: 'schedule'; readonly schedule: string; readonly scheduledTime: number }
  | { readonly type: 'set'; readonly trigger: string; readonly by: string; readonly generation: number }
  | { readonly type: 'event'; readonly eventId: string }
  | { readonly type: 'after'; readonly runId: string; readonly epoch: number }

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

/**
 * The id of the run that a trigger starts: 26 lower-case base32 characters (130 bits of SHA-256) over the stack, the
 * workflow and the trigger's identity. Pure, so a second delivery computes the same id and finds the run.
 */
export function runIdOf(stack: string, workflow: string, identity: TriggerIdentity): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([stack, workflow, ...identityParts(identity)]))
    .digest()
  return base32(digest, 26)
}

/** An object's identity is its version, else its sequencer (one per upload), else its content. */
function identityParts(identity: TriggerIdentity): readonly string[] {
  switch (identity.type) {
    case 'object':
      return [
        'object',
        identity.bucket,
        identity.key,
        identity.versionId ?? identity.sequencer?.toUpperCase() ?? identity.etag ?? '',
      ]
    case 'manual':
      return ['manual', identity.requestId]
    case 'schedule':
      return ['schedule', identity.schedule, new Date(identity.scheduledTime).toISOString()]
    case 'set':
      return ['set', identity.trigger, identity.by, String(identity.generation)]
    case 'event':
      return ['event', identity.eventId]
    case 'after':
      return ['after', identity.runId, String(identity.epoch)]
  }
}

function base32(bytes: Uint8Array, length: number): string {
  let text = ''
  let buffer = 0
  let bits = 0
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff
    bits += 8
    for (; bits >= 5 && text.length < length; bits -= 5) text += BASE32[(buffer >> (bits - 5)) & 31]
  }
  return text
}
