import { describe } from 'vitest'
import { existing, jobs, table } from './workflow-text.ts'

describe('retry', () => {
  const retry = (value: string) => jobs(`a: { retry: ${value}, ${existing} }`)
  const rule = '{ onReason: x, action: EXIT }'
  table([
    ['E134 no attempts', retry('{ attempts: 0 }'), ['E134 3 jobs.a.retry.attempts «0»'], 'from 1 to 10'],
    [
      'E134 too many attempts',
      retry('{ attempts: 11 }'),
      ['E134 3 jobs.a.retry.attempts «11»'],
      'from 1 to 10',
    ],
    [
      'E134 attempts missing',
      retry('{ on: [spot] }'),
      ['E134 3 jobs.a.retry.attempts «retry»'],
      '`attempts` is missing',
    ],
    [
      'E134 an unknown reason',
      retry('{ attempts: 2, on: [spt] }'),
      ['E134 3 jobs.a.retry.on[0] «spt»'],
      'spot, imagePull, oom, hostLost or an exit code',
    ],
    ...[0, 256, 300, 1.5].map(
      code =>
        [
          `E134 the exit code ${code}`,
          retry(`{ attempts: 2, on: [${code}] }`),
          [`E134 3 jobs.a.retry.on[0] «${code}»`],
          `${code} does not fit here. Write spot, imagePull, oom, hostLost or an exit code from 1 to 255.`,
        ] as const,
    ),
    [
      'E134 over 5 rules',
      retry(`{ attempts: 2, evaluateOnExit: [${Array.from({ length: 6 }, () => rule)}] }`),
      ['E134 3 jobs.a.retry.evaluateOnExit «[{ onReason: x, action: EXIT }…»'],
      'at most 5 rules',
    ],
    [
      'E134 a list that makes over 5',
      retry('{ attempts: 2, on: [spot, imagePull, oom, 1] }'),
      ['E134 3 jobs.a.retry.on «[spot, imagePull, oom, 1]»'],
      'makes 6 rules',
    ],
    [
      'E134 a pattern Batch refuses',
      retry('{ attempts: 2, evaluateOnExit: [{ onReason: "a(b)", action: EXIT }] }'),
      ['E134 3 jobs.a.retry.evaluateOnExit[0].onReason «"a(b)"»'],
      '"a(b)" does not fit here. Write a pattern of letters',
    ],
    [
      'E134 a star inside',
      retry('{ attempts: 2, evaluateOnExit: [{ onExitCode: "1*7", action: EXIT }] }'),
      ['E134 3 jobs.a.retry.evaluateOnExit[0].onExitCode «"1*7"»'],
      'digits',
    ],
    [
      'E134 a rule without pattern',
      retry('{ attempts: 2, evaluateOnExit: [{ action: EXIT }] }'),
      ['E134 3 jobs.a.retry.evaluateOnExit[0] «{ action: EXIT }»'],
      '`onStatusReason`, `onReason` or `onExitCode`',
    ],
    [
      'E134 both lists',
      retry(`{ attempts: 2, on: [spot], evaluateOnExit: [${rule}] }`),
      ['E134 3 jobs.a.retry.evaluateOnExit «evaluateOnExit»'],
      'both',
    ],
  ])
})
