import { describe } from 'vitest'
import { existing, image, jobs, table } from './workflow-text.ts'

const ARN = 'arn:aws:states:eu-west-1:123456789012:stateMachine:train'

describe('what a job is', () => {
  table([
    [
      'E111 none',
      jobs('a: { timeout: 60 }'),
      ['E111 3 jobs.a «a»'],
      'none of `image`, `jobDefinition` and `stateMachine`',
    ],
    [
      'E111 both',
      jobs(`a: { ${image}, jobDefinition: x }`),
      ['E111 3 jobs.a.jobDefinition «jobDefinition»'],
      'both `image` and `jobDefinition`',
    ],
    [
      'E111 with a state machine',
      jobs(`a: { ${existing}, stateMachine: x }`),
      ['E111 3 jobs.a.stateMachine «stateMachine»'],
      'both `jobDefinition` and `stateMachine`',
    ],
    [
      'E111 an execution with what only Batch has',
      jobs(`a: { stateMachine: "${ARN}", timeout: 1h, array: 3 }`),
      ['E111 3 jobs.a.timeout «timeout»', 'E111 3 jobs.a.array «array»'],
      '`timeout` is of Batch jobs; `a` is an execution of a state machine.',
    ],
    [
      'E111 input of a Batch job',
      jobs(`a: { ${existing}, input: {} }`),
      ['E111 3 jobs.a.input «input»'],
      'of executions',
    ],
    [
      'E114 a state machine that is no ARN',
      jobs('a: { stateMachine: train }'),
      ['E114 3 jobs.a.stateMachine «train»'],
      'Write `arn:aws:states:REGION:ACCOUNT:stateMachine:NAME`, without version or alias',
    ],
    [
      'E114 an alias of a state machine',
      jobs(`a: { stateMachine: "${ARN}:live" }`),
      ['E114 3 jobs.a.stateMachine «"arn:aws:states:eu-west-1:1234…»'],
      'is no ARN of a state machine',
    ],
    ['an execution', jobs(`a: { stateMachine: "${ARN}", input: { run: "\${run.id}" } }`), [], ''],
    ['an execution of a parameter', jobs('a: { stateMachine: "${stack.inputBucket}" }'), [], ''],
    [
      'E111 an image without command',
      jobs('a: { image: x, vcpu: 1, memory: 2GiB, timeout: 60 }'),
      ['E111 3 jobs.a «a»'],
      'The image job `a` has no `command`. Add command.',
    ],
    [
      'E111 an image alone',
      jobs('a: { image: x, timeout: 60 }'),
      ['E111 3 jobs.a «a»'],
      'no `command` and no `vcpu` and no `memory`',
    ],
    [
      'E111 what belongs to the definition',
      jobs(`a: { ${existing}, jobRole: x }`),
      ['E111 3 jobs.a.jobRole «jobRole»'],
      'belongs to the job definition `a` names',
    ],
    [
      'E135 an image job without timeout',
      jobs('a: { image: x, command: [run], vcpu: 1, memory: 2GiB }'),
      ['E135 3 jobs.a «a»'],
      'The image job `a` has no timeout',
    ],
    [
      'W135 a job definition without timeout',
      jobs('a: { jobDefinition: x }'),
      ['W135 3 jobs.a «a»'],
      'unless its job definition has one',
    ],
    [
      'E135 under 60 s',
      jobs('a: { jobDefinition: x, timeout: 59s }'),
      ['E135 3 jobs.a.timeout «59s»'],
      'A timeout of 59 s is under the 60 s',
    ],
    [
      'E135 no time',
      jobs('a: { jobDefinition: x, timeout: soon }'),
      ['E135 3 jobs.a.timeout «soon»'],
      '"soon" is no time',
    ],
    [
      'E135 in the defaults',
      jobs('a: { jobDefinition: x }').concat('\ndefaults: { timeout: 30 }'),
      ['E135 4 defaults.timeout «30»'],
      '30 s',
    ],
    [
      'E170 over 1,000 jobs',
      jobs(...Array.from({ length: 1001 }, (_, n) => `j${n}: { ${existing} }`)),
      ['E170 2 jobs «jobs»'],
      '1001 jobs, over the 1000 allowed. Use an `array`',
    ],
  ])
})
