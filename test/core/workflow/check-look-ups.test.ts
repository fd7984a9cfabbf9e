import { describe, expect, it } from 'vitest'
import { existing, faults, image, jobs, keys, table } from './workflow-text.ts'

describe('look-ups', () => {
  const command = (argument: string) =>
    keys(['in/{year}/{file}'], `command: [run, "${argument}"], ${existing}`)
  table([
    [
      'E143 an unknown scope',
      command('--in=${triger.key}'),
      ['E143 4 jobs.a.command[1] «${triger.key}»'],
      'The look-up `${triger.key}` is unknown. Did you mean `${trigger.key}`?',
    ],
    [
      'E143 an unknown name',
      command('${trigger.ur}'),
      ['E143 4 jobs.a.command[1] «${trigger.ur}»'],
      'Did you mean `${trigger.uri}`?',
    ],
    [
      'E143 a capture there is not',
      command('x/${trigger.year}/${trigger.day}'),
      ['E143 4 jobs.a.command[1] «${trigger.day}»'],
      'Known: `bucket`, `key`',
    ],
    [
      'E143 one that not every trigger has',
      keys(['a/{x}/{y}', 'b/{x}'], `command: [run, "-${'${trigger.y}'}"], ${existing}`),
      ['E143 5 jobs.a.command[1] «${trigger.y}»'],
      '`${trigger.y}` does not exist for triggers[1]. Capture `{y}` in its key too',
    ],
    [
      'E143 a capture without any trigger',
      jobs(`a: { command: [run, "-${'${trigger.x}'}"], ${existing} }`),
      ['E143 3 jobs.a.command[1] «${trigger.x}»'],
      'unknown',
    ],
    [
      'E143 an unknown name of the stack',
      command('${stack.repositry}'),
      ['E143 4 jobs.a.command[1] «${stack.repositry}»'],
      '`${stack.repository}`',
    ],
    [
      'E143 an unknown parameter',
      command('${parameters.p}'),
      ['E143 4 jobs.a.command[1] «${parameters.p}»'],
      'There is none to look up',
    ],
    [
      'E143 an unknown name of the run',
      command('${run.ouput}'),
      ['E143 4 jobs.a.command[1] «${run.ouput}»'],
      '`${run.output}`',
    ],
    [
      'E143 a shell variable',
      command('${HOME}'),
      ['E143 4 jobs.a.command[1] «${HOME}»'],
      '`$${` for a literal',
    ],
    ['E143 no end', command('${trigger.key'), ['E143 4 jobs.a.command[1] «${»'], '`${` opens no look-up'],
    [
      'E143 an object where the container is defined',
      keys(['in/{x}'], image.replace('image: x', 'image: "x:${trigger.x}"')),
      ['E143 4 jobs.a.image «${trigger.x}»'],
      '`${trigger.x}` is not known yet where this is needed. Known here: `stack`.',
    ],
    [
      'E143 an object that chooses the queue',
      keys(['in/{x}'], `jobQueue: "${'${trigger.x}'}", ${existing}`),
      ['E143 4 jobs.a.jobQueue «${trigger.x}»'],
      'Known here: `stack`, `parameters`.',
    ],
    [
      'E143 in a folded text',
      jobs(
        'a:',
        '  jobDefinition: x',
        '  timeout: 60',
        '  command:',
        '    - >',
        '      one',
        '      ${run.x} ${run.y}',
      ),
      ['E143 9 jobs.a.command[0] «${run.x}»', 'E143 9 jobs.a.command[0] «${run.y}»'],
      '`${run.x}`',
    ],
    [
      'E144 a job that is no dependency',
      jobs(`a: { ${existing} }`, `b: { command: [run, "${'${jobs.a.jobId}'}"], ${existing} }`),
      ['E144 4 jobs.b.command[1] «${jobs.a.jobId}»'],
      '`a` in `${jobs.a.jobId}` is no dependency of this job',
    ],
    [
      'E144 a job that is none',
      jobs(
        `clean: { ${existing} }`,
        `b: { command: [run, "${'${jobs.clen.jobId}'}"], dependsOn: [clean], ${existing} }`,
      ),
      ['E144 4 jobs.b.command[1] «${jobs.clen.jobId}»'],
      'is no job. Did you mean `clean`?',
    ],
    [
      'E143 something else of a dependency',
      jobs(
        `a: { ${existing} }`,
        `b: { command: [run, "${'${jobs.a.jobID}'}"], dependsOn: [a], ${existing} }`,
      ),
      ['E143 4 jobs.b.command[1] «${jobs.a.jobID}»'],
      '`${jobs.a.jobId}`',
    ],
    [
      'E143 the output of a Batch job',
      jobs(
        `a: { ${existing} }`,
        `b: { command: [run, "${'${jobs.a.output}'}"], dependsOn: [a], ${existing} }`,
      ),
      ['E143 4 jobs.b.command[1] «${jobs.a.output}»'],
      'only executions of state machines have an output',
    ],
    [
      'the output of an execution, and a value in it',
      jobs(
        'a: { stateMachine: "${stack.inputBucket}" }',
        `b: { command: [run, "${'${jobs.a.output}'}", "${'${jobs.a.output.model.name}'}"], dependsOn: [a], ${existing} }`,
        'c: { stateMachine: "${stack.inputBucket}", input: { of: "${jobs.a.output}" }, dependsOn: [a] }',
      ),
      [],
      '',
    ],
    [
      'E144 the output of an execution that is no dependency',
      jobs(
        'a: { stateMachine: "${stack.inputBucket}" }',
        'b: { stateMachine: "${stack.inputBucket}", input: { x: ["${jobs.a.output}"] } }',
      ),
      ['E144 4 jobs.b.input.x[0] «${jobs.a.output}»'],
      'is no dependency of this job',
    ],
  ])
  it('says nothing of a trigger that is at fault itself', () => {
    const text = keys(['in/{x}'], `command: [run, "-${'${trigger.y}'}"], ${existing}`).replace(
      'bucket:',
      'buckt:',
    )
    expect(faults(text).filter(fault => fault.startsWith('E143'))).toEqual([])
  })
  it('takes every look-up where it is known', () => {
    const text = `tags: { t: "${'${run.id}'}" }\nparameters: { p: { type: string, default: x } }\n${keys(['in/{x}'], `jobDefinition: "${'${parameters.p}'}", timeout: 60, array: { items: ["${'${trigger.x}'}"] }, environment: { E: "${'${trigger.etag}'}" }, parameters: { r: "${'${run.output}'}" }, jobQueue: "${'${stack.highQueue}'}"`)}`
    expect(faults(text)).toEqual([])
  })
})
