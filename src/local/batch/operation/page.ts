import type { Members } from '../wire/members.ts'
import { clientException } from '../wire/wire-error.ts'

/** Which part of a list is asked for. */
export interface PageRequest {
  readonly size: number
  /** What the last page ended with. */
  readonly after: string | undefined
}

export interface Page<Item> {
  readonly items: readonly Item[]
  readonly nextToken?: string
}

/** Reads `maxResults`, at most `cap`, and `nextToken`. */
export function parsePage(members: Members, cap: number): PageRequest {
  const size = Math.min(members.integer('maxResults', 1, Number.MAX_SAFE_INTEGER) ?? cap, cap)
  const token = members.text('nextToken')
  if (token === undefined) return { size, after: undefined }
  const after = Buffer.from(token, 'base64url').toString()
  if (!/^\d+(:.+)?$/.test(after)) throw clientException('nextToken is not one this operation gave.')
  return { size, after }
}

/** Pages through a list that keeps its order. */
export function pageOf<Item>(items: readonly Item[], request: PageRequest): Page<Item> {
  const begin = request.after === undefined ? 0 : Number.parseInt(request.after, 10)
  const end = begin + request.size
  return {
    items: items.slice(begin, end),
    ...(end < items.length ? { nextToken: toToken(String(end)) } : {}),
  }
}

export function toToken(position: string): string {
  return Buffer.from(position).toString('base64url')
}
