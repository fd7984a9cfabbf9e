import { expect, it } from 'vitest'
import { type AttemptEnd, type ExitRule, isRetried } from '../../../../src/local/batch/engine/retry.ts'

const exit: AttemptEnd = { exitCode: 137, statusReason: 'Essential container in task exited' }
const spot: AttemptEnd = { statusReason: 'Host EC2 (instance i-0a) terminated.' }
const noImage: AttemptEnd = { statusReason: 'Task failed to start', reason: 'CannotPullContainerError: x' }

it.each<[title: string, rules: readonly ExitRule[], end: AttemptEnd, retried: boolean]>([
  ['retries without rules', [], exit, true],
  ['retries where no rule matches', [{ onExitCode: '1', action: 'EXIT' }], exit, true],
  ['exits where a rule says so', [{ onExitCode: '137', action: 'EXIT' }], exit, false],
  ['matches the beginning of an exit code', [{ onExitCode: '13*', action: 'EXIT' }], exit, false],
  ['compares exit codes as a whole', [{ onExitCode: '13', action: 'EXIT' }], exit, true],
  [
    'lets the first match decide',
    [
      { onStatusReason: 'Host EC2*', action: 'RETRY' },
      { onReason: '*', action: 'EXIT' },
    ],
    spot,
    true,
  ],
  [
    'closes the list with a reason of *',
    [
      { onStatusReason: 'Host EC2*', action: 'RETRY' },
      { onReason: '*', action: 'EXIT' },
    ],
    exit,
    false,
  ],
  ['wants all patterns of a rule', [{ onReason: 'Cannot*', onExitCode: '*', action: 'EXIT' }], noImage, true],
  ['takes a missing exit code for none', [{ onExitCode: '0', action: 'EXIT' }], spot, true],
  ['matches the reason of the container', [{ onReason: 'CannotPull*', action: 'EXIT' }], noImage, false],
])('%s', (_title, evaluateOnExit, end, retried) => {
  expect(isRetried({ attempts: 3, evaluateOnExit }, 1, end)).toBe(retried)
})

it('ends after the last attempt, whatever the rules', () => {
  const strategy = { attempts: 2, evaluateOnExit: [{ onReason: '*', action: 'RETRY' as const }] }
  expect(isRetried(strategy, 2, exit)).toBe(false)
})
