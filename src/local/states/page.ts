import { AwsError } from '../wire/aws-error.ts'
import type { JsonInput } from '../wire/json-target.ts'

const MOST = 1000
const USUAL = 100

/** A page of a list, as `maxResults` and `nextToken` ask for it. @throws AwsError InvalidToken */
export function pageOf<Item>(
  all: readonly Item[],
  { maxResults, nextToken }: JsonInput,
): { readonly items: readonly Item[]; readonly nextToken: string | undefined } {
  const from = nextToken === undefined ? 0 : Number(nextToken)
  if (!Number.isSafeInteger(from) || from < 0) {
    throw new AwsError('InvalidToken', `Invalid Token: ${JSON.stringify(nextToken)} came from no answer.`)
  }
  const asked = typeof maxResults === 'number' && maxResults > 0 ? Math.min(maxResults, MOST) : USUAL
  const items = all.slice(from, from + asked)
  return { items, nextToken: from + asked < all.length ? String(from + asked) : undefined }
}
