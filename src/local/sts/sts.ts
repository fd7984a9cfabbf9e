import type { Face, Identity } from '../wire/face.ts'
import { queryFace } from '../wire/query-form.ts'

/**
 * STS on this machine: whoever asks is the same user of the same account.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export function createSts({ identity }: { readonly identity: Identity }): { readonly face: Face } {
  const caller = {
    Arn: `arn:aws:iam::${identity.account}:user/local`,
    UserId: 'AIDALOCAL00000000000',
    Account: identity.account,
  }
  const service = { name: 'STS', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/' }
  return { face: queryFace(service, { GetCallerIdentity: () => caller }) }
}
