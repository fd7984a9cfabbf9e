import { expect, it } from 'vitest'
import { compileRetry } from '../../../src/core/workflow/retry-strategy.ts'

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
