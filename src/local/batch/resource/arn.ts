import type { Identity } from '../../wire/face.ts'

export type ResourceKind =
  | 'job'
  | 'job-queue'
  | 'job-definition'
  | 'compute-environment'
  | 'scheduling-policy'

export function arnOf(identity: Identity, kind: ResourceKind, name: string): string {
  return `arn:aws:batch:${identity.region}:${identity.account}:${kind}/${name}`
}

/** The name in an ARN of this kind; anything else is taken for a name already. */
export function nameFrom(identity: Identity, kind: ResourceKind, nameOrArn: string): string {
  const head = arnOf(identity, kind, '')
  return nameOrArn.startsWith(head) ? nameOrArn.slice(head.length) : nameOrArn
}
