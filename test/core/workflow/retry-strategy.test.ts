import { expect, it } from 'vitest'
import type { RetryOptions } from '../../../src/core/workflow/retry-schema.ts'
import {
  compileRetry,
  retryAfterFallback,
  retryBeforeFallback,
} from '../../../src/core/workflow/retry-strategy.ts'

const retry = (onStatusReason: string) => ({ onStatusReason, action: 'RETRY' })
const closing = { onReason: '*', action: 'EXIT' }

it.each([
  ['retries after any failure without a list', { attempts: 3 }, undefined],
  [
    'covers both kinds of Spot',
    { attempts: 3, on: ['spot'] },
    [retry('Host EC2*'), retry('Your Spot Task was interrupted*'), closing],
  ],
  [
    'names no rule twice',
    { attempts: 3, on: ['hostLost', 'spot', 'spot'] },
    [retry('Host EC2*'), retry('Your Spot Task was interrupted*'), closing],
  ],
  [
    'takes four rules and the closing one',
    { attempts: 3, on: ['imagePull', 'oom', 137, 'hostLost'] },
    [
      { onReason: 'CannotPullContainer*', action: 'RETRY' },
      { onReason: 'OutOfMemory*', action: 'RETRY' },
      { onExitCode: '137', action: 'RETRY' },
      retry('Host EC2*'),
      closing,
    ],
  ],
  [
    'leaves rules as Batch has them as they are',
    {
      attempts: 2,
      evaluateOnExit: [
        { onExitCode: '1*', onReason: 'x', action: 'retry' },
        { onReason: '*', action: 'EXIT' },
      ],
    },
    [{ onReason: 'x', onExitCode: '1*', action: 'RETRY' }, closing],
  ],
] as const)('%s', (_title, options, rules) => {
  const compiled = compileRetry(structuredClone(options) as Parameters<typeof compileRetry>[0])
  expect(compiled).toEqual({ attempts: options.attempts, ...(rules && { evaluateOnExit: rules }) })
})

const SPOT = [retry('Host EC2*'), retry('Your Spot Task was interrupted*')]
const OOM = { onReason: 'OutOfMemory*', action: 'RETRY' }

it.each<[string, RetryOptions | undefined, number, readonly object[] | undefined, number | undefined]>([
  ['no retry of its own', undefined, 2, [...SPOT, closing], undefined],
  ['all its reasons', { attempts: 3, on: ['spot', 'oom'] }, 2, [...SPOT, OOM, closing], 1],
  ['reasons without Spot', { attempts: 5, on: ['oom'] }, 2, [...SPOT, OOM, closing], 3],
  ['any reason', { attempts: 3 }, 1, undefined, 2],
  ['fewer attempts than the first queue has', { attempts: 2, on: ['spot'] }, 4, [...SPOT, closing], 1],
  [
    'rules of Batch',
    {
      attempts: 4,
      evaluateOnExit: [
        { onStatusReason: 'Host EC2*', action: 'EXIT' },
        { onReason: '*', action: 'EXIT' },
      ],
    },
    2,
    [...SPOT, closing],
    2,
  ],
])('before and after a fallback: %s', (_title, options, afterSpot, rules, left) => {
  const before = retryBeforeFallback(options, afterSpot)
  expect(before.attempts).toBe(afterSpot)
  expect(before.evaluateOnExit).toEqual(rules)
  expect(retryAfterFallback(options, afterSpot)?.attempts).toBe(left)
})
