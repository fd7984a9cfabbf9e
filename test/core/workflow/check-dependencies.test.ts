import { describe } from 'vitest'
import { existing, jobs, table } from './workflow-text.ts'

describe('dependencies', () => {
  const following = (on: string, more = '') =>
    jobs(`a: { ${existing} }`, `b: { dependsOn: [${on}], ${existing}${more} }`)
  table([
    [
      'E120 an unknown job, with the one meant',
      jobs(`clean: { ${existing} }`, `b: { dependsOn: [claen], ${existing} }`),
      ['E120 4 jobs.b.dependsOn[0] «claen»'],
      'There is no job `claen`. Did you mean `clean`?',
    ],
    [
      'E120 an unknown job, with all there are',
      following('report'),
      ['E120 4 jobs.b.dependsOn[0] «report»'],
      'The jobs are `a`, `b`.',
    ],
    [
      'E120 no job by a name that objects are born with',
      following('constructor'),
      ['E120 4 jobs.b.dependsOn[0] «constructor»'],
      'There is no job `constructor`',
    ],
    ['E120 in the long form', following('{ job: c }'), ['E120 4 jobs.b.dependsOn[0].job «c»'], 'no job `c`'],
    ['E120 a job twice', following('a, a'), ['E120 4 jobs.b.dependsOn[1] «a»'], 'stands here twice'],
    ['E121 itself', following('b'), ['E121 4 jobs.b.dependsOn[0] «b»'], 'depends on itself'],
    [
      'E122 a circle',
      jobs(
        `a: { ${existing}, dependsOn: [c] }`,
        `b: { ${existing}, dependsOn: [a] }`,
        `c: { ${existing}, dependsOn: [b] }`,
      ),
      ['E122 3 jobs.a.dependsOn[0] «c»'],
      'a -> c -> b -> a',
    ],
    [
      'E123 over 20 under native',
      `chaining: native\n${jobs(...Array.from({ length: 21 }, (_, n) => `j${n}: { ${existing} }`), `z: { ${existing}, dependsOn: [${Array.from({ length: 21 }, (_, n) => `j${n}`)}] }`)}`,
      ['E123 25 jobs.z.dependsOn «dependsOn»'],
      '21 dependencies; Batch chains at most 20 natively. Use `chaining: auto`.',
    ],
    [
      'E123 when under native',
      `chaining: native\n${following('a', ', when: always')}`,
      ['E123 5 jobs.b.when «always»'],
      '`when: always`',
    ],
    [
      'W124 what never runs',
      jobs(`a: { ${existing}, when: failure }`),
      ['W124 3 jobs.a.when «failure»'],
      'never runs',
    ],
  ])
})
