import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWorkflow } from '../../../src/core/workflow/read-workflow.ts'
import {
  diagnose,
  existing,
  faults,
  image,
  jobs,
  keys,
  stackNames,
  table,
  told,
  top,
} from './workflow-text.ts'

const read = (text: string | Uint8Array) => readWorkflow(text, 'w.yaml', { stackNames })

const full = `
workflow: access-points
description: hourly reports
chaining: event
tags: { team: wifi }
parameters:
  threshold: { type: number, default: 10, description: floor }
triggers:
  - object: { bucket: "\${stack.inputBucket}", key: "raw/{day}/{file}.json", minSize: 0 }
  - object: { bucket: photos, key: "{day}" }
defaults: { timeout: 1h, retry: { attempts: 3, on: [oom] }, environment: { LEVEL: info, A: b }, tags: { cost: x } }
jobs:
  clean:
    image: \${stack.repository}:etl
    command: [node, clean.mjs, "\${trigger.uri}"]
    vcpu: 1
    memory: 2GiB
    storage: 30GiB
    environment: { LEVEL: debug }
    containerProperties: { readonlyRootFilesystem: true }
  constructor:
    jobDefinition: aggregate:7
    jobQueue: \${stack.highQueue}
    parameters: { floor: "\${parameters.threshold}" }
    dependsOn: [clean, { job: train, type: N_TO_N }]
    array: 24
    sequential: true
    timeout: 30m
    memory: 512
    shareIdentifier: wifi
    schedulingPriority: 50
    tags: { team: other }
  train: { image: x, command: [x], vcpu: 4, memory: 8GiB, gpu: 1, array: { items: [${Array.from({ length: 24 }, (_, n) => n)}] }, when: always }
`

describe('readWorkflow', () => {
  it('applies defaults, converts units and keeps look-ups', () => {
    const { workflow, diagnostics, name } = read(full)
    expect(diagnostics).toEqual([])
    expect(name).toBe('access-points')
    expect(workflow).toEqual({
      name: 'access-points',
      description: 'hourly reports',
      chaining: 'event',
      tags: { team: 'wifi' },
      parameters: { threshold: { type: 'number', default: 10, description: 'floor' } },
      triggers: [
        { type: 'object', bucket: '${stack.inputBucket}', key: 'raw/{day}/{file}.json', minSize: 0 },
        { type: 'object', bucket: 'photos', key: '{day}', minSize: 1 },
      ],
      jobs: { clean: cleanJob, constructor: aggregateJob, train: trainJob },
    })
  })

  it('keeps the order of the file, and knows no job but those written', () => {
    const { workflow } = read(full)
    expect(Object.keys(workflow?.jobs ?? {})).toEqual(['clean', 'constructor', 'train'])
    expect(read(top()).workflow?.jobs['constructor']).toBeUndefined()
  })

  it('survives JSON', () => {
    const { workflow } = read(full)
    expect(JSON.parse(JSON.stringify(workflow))).toEqual(workflow)
  })

  it('finds all faults at once, in the order of the file', () => {
    const text = jobs(
      `a: { image: x, vcpu: 3, memory: 2GiB, timeout: 5, dependOn: [b] }`,
      `b: { ${existing}, dependsOn: [c], environment: { AWS_BATCH_X: 1 }, command: ["${'${run.x}'}"] }`,
      `C: { ${existing} }`,
    )
    const { workflow, diagnostics } = read(text)
    expect(workflow).toBeUndefined()
    const codes = ['E111', 'E137', 'E135', 'E110', 'E120', 'E140', 'E143', 'E112']
    expect(diagnostics.map(({ code }) => code)).toEqual(codes)
  })

  it('hides no fault of a trigger behind the shape of another', () => {
    const text = keys(['{a', '{b}{b}']).replace('{b}{b}"', '{b}{b}", minSiz: 3')
    expect(faults(text).map(fault => fault.split(' ')[0])).toEqual(['E151', 'E151', 'E110'])
  })

  it('gives a workflow in spite of warnings', () => {
    const { workflow, diagnostics } = read(jobs('a: { jobDefinition: x }'))
    expect(diagnostics).toMatchObject([
      { code: 'W135', severity: 'warning', line: 3, column: 3, endColumn: 4 },
    ])
    expect(workflow?.name).toBe('w')
  })

  it('sends an EC2 job without a queue to the EC2 queue, if the stack has one', () => {
    const text = jobs(`a: { ${image}, gpu: 1 }`)
    expect(read(text).workflow?.jobs['a']?.jobQueue).toBe('${stack.ec2SpotQueue}')
    const { diagnostics } = readWorkflow(text, 'w.yaml', { stackNames: ['defaultQueue', 'jobRole'] })
    expect(diagnostics).toMatchObject([{ code: 'E143', path: 'jobs.a', line: 3, column: 3 }])
  })

  it('refuses a definition over 300 KB compressed', () => {
    const noise = (n: number) =>
      Array.from({ length: 6 }, (_, part) =>
        createHash('sha512').update(`${n} ${part}`).digest('base64'),
      ).join('')
    const lines = Array.from(
      { length: 1000 },
      (_, n) => `j${n}: { ${existing}, parameters: { p: "${noise(n)}" } }`,
    )
    expect(told(jobs(...lines))).toMatch(/The workflow is \d+ bytes compressed, over the 307200 allowed/)
  })

  it('checks a file of 1,000 jobs in one go', () => {
    const lines = Array.from(
      { length: 1000 },
      (_, n) => `j${n}: { ${image}, dependsOn: [${n > 0 ? `j${n - 1}` : ''}] }`,
    )
    expect(Object.keys(read(jobs(...lines)).workflow?.jobs ?? {})).toHaveLength(1000)
  })

  it('takes any text without throwing', () => {
    const yaml = fc.string({ unit: fc.constantFrom(...'{}[]:,-#&*!|>\'"%@` \n\tab1$?<.~\u0000') })
    fc.assert(
      fc.property(fc.oneof(yaml, fc.string({ unit: 'binary' })), text => {
        expect(diagnose(text).length + (read(text).workflow ? 1 : 0)).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })

  it('takes any bytes without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array(), bytes => {
        expect(() => read(bytes)).not.toThrow()
      }),
    )
  })

  it('takes a file with any piece replaced without throwing, and points into it', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('', '{}', '[]', 'null', '${', '*x', '__proto__', '-1', '"', '\n'),
    )
    fc.assert(
      fc.property(fc.nat(full.length), fc.nat(30), piece, (from, length, put) => {
        const text = full.slice(0, from) + put + full.slice(from + length)
        const { workflow, diagnostics } = read(text)
        const lines = text.split('\n')
        expect(workflow !== undefined || diagnostics.length > 0).toBe(true)
        for (const { line, column } of diagnostics) {
          expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? -1) + 1)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('takes any value anywhere without throwing', () => {
    const keys = fc.constantFrom(
      'workflow',
      'jobs',
      'a',
      'image',
      'dependsOn',
      'array',
      'items',
      'retry',
      'on',
      'triggers',
      'object',
      'key',
      'parameters',
      'type',
      'environment',
      'constructor',
    )
    const { tree } = fc.letrec<{ tree: unknown }>(tie => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(null, 0, -1, 'a', '', true, 0.5),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(keys, tie('tree')),
      ),
    }))
    fc.assert(
      fc.property(fc.dictionary(keys, tree), value => {
        expect(() => read(JSON.stringify(value))).not.toThrow()
      }),
      { numRuns: 300 },
    )
  })
})

describe('the size of a workflow', () => {
  table([
    [
      'E114 jobs of a faulty shape are no jobs',
      'workflow: w\njobs: [a]',
      ['E114 2 jobs «[a]»'],
      'A list does not fit here',
    ],
  ])
})

const retry = {
  attempts: 3,
  evaluateOnExit: [
    { onReason: 'OutOfMemory*', action: 'RETRY' },
    { onReason: '*', action: 'EXIT' },
  ],
}

const cleanJob = {
  container: {
    type: 'image',
    image: '${stack.repository}:etl',
    vcpu: 1,
    memory: 2048,
    gpu: 0,
    platform: 'FARGATE',
    architecture: 'X86_64',
    storage: 30,
    jobRole: '${stack.jobRole}',
    containerProperties: { readonlyRootFilesystem: true },
  },
  jobQueue: '${stack.defaultQueue}',
  command: ['node', 'clean.mjs', '${trigger.uri}'],
  environment: { LEVEL: 'debug', A: 'b' },
  parameters: {},
  tags: { team: 'wifi', cost: 'x' },
  dependsOn: [],
  when: 'success',
  sequential: false,
  timeout: 3600,
  retry,
}

const aggregateJob = {
  container: { type: 'existing', jobDefinition: 'aggregate:7', memory: 512 },
  jobQueue: '${stack.highQueue}',
  environment: { LEVEL: 'info', A: 'b' },
  parameters: { floor: '${parameters.threshold}' },
  tags: { team: 'other', cost: 'x' },
  dependsOn: [{ job: 'clean' }, { job: 'train', type: 'N_TO_N' }],
  when: 'success',
  array: { type: 'size', size: 24 },
  sequential: true,
  timeout: 1800,
  retry,
  shareIdentifier: 'wifi',
  schedulingPriority: 50,
}

const trainJob = {
  container: {
    type: 'image',
    image: 'x',
    vcpu: 4,
    memory: 8192,
    gpu: 1,
    platform: 'EC2',
    architecture: 'X86_64',
    jobRole: '${stack.jobRole}',
  },
  jobQueue: '${stack.ec2SpotQueue}',
  command: ['x'],
  environment: { LEVEL: 'info', A: 'b' },
  parameters: {},
  tags: { team: 'wifi', cost: 'x' },
  dependsOn: [],
  when: 'always',
  array: { type: 'items', items: Array.from({ length: 24 }, (_, n) => String(n)) },
  sequential: false,
  timeout: 3600,
  retry,
}
