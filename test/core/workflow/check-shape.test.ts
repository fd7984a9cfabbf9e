import { describe } from 'vitest'
import { existing, jobs, table, top } from './workflow-text.ts'

describe('keys and values', () => {
  table([
    [
      'E110 suggests the key that was meant',
      jobs(`a: { ${existing} }`, `b: { ${existing}, dependOn: [a] }`),
      ['E110 4 jobs.b.dependOn «dependOn»'],
      'The key `dependOn` is unknown. Did you mean `dependsOn`?',
    ],
    [
      'E110 lists the keys there are',
      top('defaults: { zzz: 1 }'),
      ['E110 3 defaults.zzz «zzz»'],
      'Known here: timeout, retry',
    ],
    ['E110 at the top', top('trigger: []'), ['E110 3 trigger «trigger»'], 'Did you mean `triggers`?'],
    [
      'E110 in a parameter',
      top('parameters: { p: { type: string, defualt: x } }'),
      ['E110 3 parameters.p.defualt «defualt»'],
      '`default`',
    ],
    [
      'E110 in a trigger',
      top('triggers: [{ object: { bucket: b, key: k, minsize: 1 } }]'),
      ['E110 3 triggers[0].object.minsize «minsize»'],
      '`minSize`',
    ],
    [
      'E110 in a dependency',
      jobs(`a: { ${existing}, dependsOn: [{ job: b, typ: N_TO_N }] }`, `b: { ${existing} }`),
      ['E110 3 jobs.a.dependsOn[0].typ «typ»'],
      '`type`',
    ],
    [
      'E110 in retry',
      jobs(`a: { ${existing}, retry: { attempts: 1, onn: [] } }`),
      ['E110 3 jobs.a.retry.onn «onn»'],
      '`on`',
    ],
    [
      'E112 a workflow name with a space',
      `workflow: My Flow\njobs: { a: { ${existing} } }`,
      ['E112 1 workflow «My Flow»'],
      '"My Flow" does not fit here. Write a name of lower-case',
    ],
    [
      'E112 a job name in upper case',
      jobs(`Clean: { ${existing} }`),
      ['E112 3 jobs.Clean «Clean»'],
      '`Clean` cannot be a name here',
    ],
    [
      'E112 a job name too long',
      jobs(`${'a'.repeat(33)}: { ${existing} }`),
      [`E112 3 jobs.${'a'.repeat(33)} «${'a'.repeat(30)}…»`],
      'at most 32',
    ],
    [
      'E112 __proto__',
      jobs(`__proto__: { ${existing} }`, `a: { ${existing} }`),
      ['E112 3 jobs.__proto__ «__proto__»'],
      '`__proto__` cannot be a name',
    ],
    [
      'E112 an environment name',
      jobs(`a: { ${existing}, environment: { "A B": x } }`),
      ['E112 3 jobs.a.environment["A B"] «"A B"»'],
      'no digit first',
    ],
    [
      'E112 a tag of AWS',
      top('tags: { "aws:x": y }'),
      ['E112 3 tags["aws:x"] «"aws:x"»'],
      'do not begin with `aws:`',
    ],
    [
      'E114 no name',
      'jobs: { a: { jobDefinition: x, timeout: 60 } }',
      ['E114 1 workflow «j»'],
      '`workflow` is missing. Write a name, like access-points.',
    ],
    ['E114 no jobs', 'workflow: w', ['E114 1 jobs «w»'], '`jobs` is missing'],
    [
      'E114 an empty list of jobs',
      'workflow: w\njobs: {}',
      ['E114 2 jobs «jobs»'],
      'The workflow has no job.',
    ],
    ['E114 no mapping', 'hello', ['E114 1  «hello»'], '"hello" does not fit here. Write a workflow'],
    [
      'E114 a text where a list belongs',
      jobs(`a: { ${existing}, dependsOn: b }`),
      ['E114 3 jobs.a.dependsOn «b»'],
      'Write a list of jobs, like [clean].',
    ],
    [
      'E114 a list where a text belongs',
      jobs(`a: { ${existing}, jobQueue: [x] }`),
      ['E114 3 jobs.a.jobQueue «[x]»'],
      'A list does not fit here',
    ],
    [
      'E114 an empty argument',
      jobs(`a: { ${existing}, command: [x, ""] }`),
      ['E114 3 jobs.a.command[1] «""»'],
      'not empty',
    ],
    ['E114 nothing', jobs('a:'), ['E114 3 jobs.a «a»'], 'An empty value does not fit here'],
    [
      'E114 a revision that is no number',
      jobs('a: { jobDefinition: "x:latest", timeout: 60 }'),
      ['E114 3 jobs.a.jobDefinition «"x:latest"»'],
      'a revision is a number',
    ],
    [
      'E114 SEQUENTIAL as a type',
      jobs(`a: { ${existing} }`, `b: { ${existing}, dependsOn: [{ job: a, type: SEQUENTIAL }] }`),
      ['E114 4 jobs.b.dependsOn[0].type «SEQUENTIAL»'],
      '`sequential: true`',
    ],
    [
      'cuts long values',
      jobs(`a: { ${existing}, when: ${'x'.repeat(200)} }`),
      ['E114 3 jobs.a.when «xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…»'],
      `"${'x'.repeat(78)}…`,
    ],
  ])
})
