import { expect, it } from 'vitest'
import type { Diagnostic } from '../../../src/core/workflow/diagnostic.ts'
import { readWorkflow } from '../../../src/core/workflow/read-workflow.ts'

export const stackNames = [
  'inputBucket',
  'defaultQueue',
  'ec2SpotQueue',
  'highQueue',
  'repository',
  'jobRole',
]

/** The keys of an image job without fault, for `{ }`. */
export const image = 'image: x, command: [run], vcpu: 1, memory: 2GiB, timeout: 1h'
/** The keys of a job with an existing definition without fault, for `{ }`. */
export const existing = 'jobDefinition: x, timeout: 1h'

/** A workflow `w` of these jobs: the first stands in line 3, its name in column 3. */
export function jobs(...lines: readonly string[]): string {
  return ['workflow: w', 'jobs:', ...lines.map(line => `  ${line}`)].join('\n')
}

/** A workflow of one faultless job `a` in line 1 and 2, then these lines from line 3. */
export function top(...lines: readonly string[]): string {
  return ['workflow: w', `jobs: { a: { ${existing} } }`, ...lines].join('\n')
}

/** A workflow with object triggers for these keys, in lines 2 and following, and one job in the last line. */
export function keys(patterns: readonly string[], job = existing): string {
  const triggers = patterns.map(key => `  - { object: { bucket: b, key: "${key}" } }`)
  return ['triggers:', ...triggers, 'workflow: w', `jobs: { a: { ${job} } }`].join('\n')
}

export function diagnose(text: string | Uint8Array): readonly Diagnostic[] {
  return readWorkflow(text, 'w.yaml', { stackNames }).diagnostics
}

/** `E120 3 jobs.a.dependsOn[0] «b»` for each diagnostic: code, line, path and the marked text, cut to 30. */
export function faults(text: string): readonly string[] {
  const lines = text.split('\n')
  return diagnose(text).map(({ code, line, column, endColumn, path }) => {
    const marked = lines[line - 1]?.slice(column - 1, endColumn === undefined ? column : endColumn - 1)
    const cut = marked !== undefined && marked.length > 30 ? `${marked.slice(0, 30)}…` : marked
    return `${code} ${line} ${path} «${cut}»`
  })
}

/** Message and mend of the first diagnostic. */
export function told(text: string | Uint8Array): string {
  const [first] = diagnose(text)
  return `${first?.message} ${first?.mend}`
}

export type Row = readonly [title: string, text: string, faults: readonly string[], told: string]

/** One test for each row: exactly these faults, and the first one tells so. */
export function table(rows: readonly Row[]): void {
  it.each(rows)('%s', (_title, text, expected, words) => {
    expect(faults(text)).toEqual(expected)
    expect(told(text)).toContain(words)
  })
}
