import { describe, expect, it } from 'vitest'
import { diagnose, faults, keys } from './workflow-text.ts'

const job = (more: string) => `jobDefinition: x, timeout: 1h, ${more}`

describe('the size of requests, checked with the longest key', () => {
  it.each<[string, string, readonly string[]]>([
    ['a key that is used once', keys(['{path...}'], job('command: [run, "x=${trigger.key}"]')), []],
    [
      'a key that is used too often',
      keys(
        ['{path...}'],
        job(`command: [run, ${Array.from({ length: 7 }, () => '"x=${trigger.key}"').join(', ')}]`),
      ),
      ['E145 4 jobs.a «a»'],
    ],
    [
      'captures that share one key',
      keys(
        ['{a}/{b}/{c}/{d}/{e}/{f}/{g}'],
        job(
          'command: [run, "x=${trigger.a}", "x=${trigger.b}", "x=${trigger.c}", "x=${trigger.d}", "x=${trigger.e}", "x=${trigger.f}", "x=${trigger.g}"]',
        ),
      ),
      [],
    ],
    [
      'one capture that is used too often',
      keys(
        ['{a}/{b}'],
        job(`command: [run, ${Array.from({ length: 7 }, () => '"x=${trigger.b}"').join(', ')}]`),
      ),
      ['E145 4 jobs.a «a»'],
    ],
    [
      'long texts of its own',
      keys(['k'], job(`environment: { TEXT: ${'x'.repeat(7_000)} }`)),
      ['E145 4 jobs.a «a»'],
    ],
    [
      'a long parameter, outside the overrides',
      keys(['k'], job(`parameters: { text: ${'x'.repeat(20_000)} }`)),
      [],
    ],
    [
      'items that nobody knows yet',
      keys(['k'], job(`array: { lines: "\${trigger.uri}" }, environment: { TEXT: ${'x'.repeat(3_000)} }`)),
      ['E145 4 jobs.a «a»'],
    ],
    [
      'the same of one item that is known',
      keys(['k'], job(`array: { items: [x] }, environment: { TEXT: ${'x'.repeat(3_000)} }`)),
      [],
    ],
    [
      'a request over 30 KiB',
      keys(['k'], job(`parameters: { text: ${'x'.repeat(30_000)} }`)),
      ['E145 4 jobs.a «a»'],
    ],
  ])('%s', (_title, text, expected) => expect(faults(text)).toEqual(expected))

  it('names the bytes and the mend', () => {
    const [fault] = diagnose(keys(['k'], job(`environment: { TEXT: ${'x'.repeat(7_000)} }`)))
    expect(fault?.message).toMatch(
      /With a key of 1024 bytes, job "a": its SubmitJob request has \d+ bytes \(limit 30720\), its container overrides \d+ \(limit 7000\)\. Pass big inputs in a file/,
    )
  })
})
