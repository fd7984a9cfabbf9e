import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { refuseExpired } from '../../../../src/local/s3/wire/presigned.ts'
import { parseS3Request } from '../../../../src/local/s3/wire/s3-request.ts'

const request = (query: string) => {
  const body = { socket: {} } as unknown as IncomingMessage
  return parseS3Request({ method: 'GET', path: '/b/k', query, headers: {}, body, requestId: 'r' })
}

describe('refuseExpired', () => {
  const SIGNED = 'X-Amz-Date=20261121T010000Z'
  const AT = Date.parse('2026-11-21T01:00:00Z')

  it.each([
    ['', AT, 'passes'],
    [`${SIGNED}&X-Amz-Expires=60`, AT + 60_000, 'passes'],
    [`${SIGNED}&X-Amz-Expires=60`, AT + 60_001, 'AccessDenied'],
    [`${SIGNED}&X-Amz-Expires=604801`, AT, 'InvalidArgument'],
    [`${SIGNED}&X-Amz-Expires=soon`, AT, 'InvalidArgument'],
    ['X-Amz-Date=today&X-Amz-Expires=60', AT, 'InvalidArgument'],
  ])('%s at %i: %s', (query, now, expected) => {
    const check = () => refuseExpired(request(query), now)
    if (expected === 'passes') expect(check).not.toThrow()
    else expect(check).toThrow(expect.objectContaining({ code: expected }))
  })
})
