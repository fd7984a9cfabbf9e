import type { Identity } from '../wire/face.ts'

export const DEFAULT_BUS = 'default'

/** The ARN of a bus of this account and region. */
export function busArn(identity: Identity, name: string): string {
  return `arn:aws:events:${identity.region}:${identity.account}:event-bus/${name}`
}

/** The ARN of a rule. Rules of the default bus have no bus in theirs. */
export function ruleArn(identity: Identity, bus: string, name: string): string {
  const place = bus === DEFAULT_BUS ? name : `${bus}/${name}`
  return `arn:aws:events:${identity.region}:${identity.account}:rule/${place}`
}

/** The name of a bus that may be given by name or by ARN; an ARN of elsewhere stays what it is. */
export function busNameOf(identity: Identity, nameOrArn: unknown): string {
  if (nameOrArn === undefined || nameOrArn === null) return DEFAULT_BUS
  const prefix = busArn(identity, '')
  const text = String(nameOrArn)
  return text.startsWith(prefix) ? text.slice(prefix.length) : text
}
