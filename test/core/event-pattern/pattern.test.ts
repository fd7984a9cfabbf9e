import { describe, expect, it } from 'vitest'
import { compilePattern } from '../../../src/core/event-pattern/pattern.ts'

const ROOT_CAUSE = { reason: [{ 'anything-but': ['Dependent Job failed', 'Array Child Job failed'] }] }
const NO_CHILD = { detail: { arrayProperties: { index: [{ exists: false }] } } }
const NO_OBJECT = { detail: { arrayProperties: [{ exists: false }] } }
const TWO_FIELDS = { attempts: { exit: [1], reason: ['oom'] } }

const measured: readonly [title: string, pattern: object, event: object, matches: boolean][] = [
  ['passes a plain job where index must not exist', NO_CHILD, { detail: {} }, true],
  [
    'passes an array parent where index must not exist',
    NO_CHILD,
    { detail: { arrayProperties: { size: 2, statusSummary: {} } } },
    true,
  ],
  [
    'stops a child where index must not exist',
    NO_CHILD,
    { detail: { arrayProperties: { index: 0 } } },
    false,
  ],
  [
    'lets everything through where an object must not exist',
    NO_OBJECT,
    { detail: { arrayProperties: { index: 0 } } },
    true,
  ],
  ['takes null for existing', { a: [{ exists: true }] }, { a: null }, true],
  ['takes null for not missing', { a: [{ exists: false }] }, { a: null }, false],
  ['takes an empty list for missing (true)', { a: [{ exists: true }] }, { a: [] }, false],
  ['takes an empty list for missing (false)', { a: [{ exists: false }] }, { a: [] }, true],
  ['takes an empty object for missing', { a: [{ exists: false }] }, { a: {} }, true],
  ['has no anything-but for a missing field', { a: [{ 'anything-but': 'a' }] }, {}, false],
  ['has anything-but in any element', { a: [{ 'anything-but': 'a' }] }, { a: ['a', 'b'] }, true],
  ['passes a root cause', ROOT_CAUSE, { reason: 'Essential container in task exited' }, true],
  ['stops a follow-up failure', ROOT_CAUSE, { reason: 'Dependent Job failed' }, false],
  ['stops where the reason is absent', ROOT_CAUSE, {}, false],
  ['lets * cross /', { k: [{ wildcard: 'incoming/*/run-*.csv' }] }, { k: 'incoming/a/b/run-1.csv' }, true],
  [
    'wants every / of a wildcard',
    { k: [{ wildcard: 'incoming/*/run-*.csv' }] },
    { k: 'incoming/run-1.csv' },
    false,
  ],
  [
    'heeds case in a wildcard',
    { k: [{ wildcard: 'incoming/*/run-*.csv' }] },
    { k: 'incoming/a/run-1.CSV' },
    false,
  ],
  ['compares numbers as numbers', { n: [300] }, JSON.parse('{"n": 300.0}'), true],
  ['reads exponents', { n: [300] }, JSON.parse('{"n": 3.0e2}'), true],
  ['keeps numbers and texts apart', { n: [300] }, { n: '300' }, false],
  ['compares no text by number', { n: [{ numeric: ['=', 5] }] }, { n: '5' }, false],
  ['compares milliseconds', { n: [{ numeric: ['>', 1600000000000] }] }, { n: 1641944200058 }, true],
  ['matches true', { b: [true] }, { b: true }, true],
  ['keeps true and "true" apart', { b: ['true'] }, { b: true }, false],
  ['wants both fields in one element', TWO_FIELDS, { attempts: [{ exit: 1 }, { reason: 'oom' }] }, false],
  ['finds both fields in one element', TWO_FIELDS, { attempts: [{}, { exit: 1, reason: 'oom' }] }, true],
  [
    'finds one field in any element',
    { attempts: { exit: [1] } },
    { attempts: [{ exit: 0 }, { exit: 1 }] },
    true,
  ],
  ['does not normalise Unicode', { k: ['\u00e9'] }, { k: 'e\u0301' }, false],
]

const more: readonly [title: string, pattern: object, event: object, matches: boolean][] = [
  ['matches null', { a: [null] }, { a: null }, true],
  ['keeps null, "" and missing apart', { a: [null, ''] }, {}, false],
  ['matches an intersection', { r: ['a', 'b'] }, { r: ['c', 'b'] }, true],
  ['refuses an empty intersection', { r: ['a', 'b'] }, { r: ['c', 'd'] }, false],
  ['heeds every field', { a: ['x'], b: ['y'] }, { a: 'x', b: 'z' }, false],
  ['ignores what is not named', { a: ['x'] }, { a: 'x', b: 1 }, true],
  ['does not look into a text for fields', { a: { length: [1] } }, { a: 'x' }, false],
  ['does not find what every object has', { constructor: { name: [{ exists: true }] } }, {}, false],
  ['finds a field of that name', { constructor: ['x'] }, { constructor: 'x' }, true],
  ['matches a prefix', { a: [{ prefix: 'in/' }] }, { a: 'in/x' }, true],
  ['matches every text by an empty prefix', { a: [{ prefix: '' }] }, { a: 'x' }, true],
  ['has no prefix of a number', { a: [{ prefix: '1' }] }, { a: 12 }, false],
  [
    'matches a prefix ignoring case',
    { a: [{ prefix: { 'equals-ignore-case': 'IN/Ä' } }] },
    { a: 'in/äx' },
    true,
  ],
  ['matches a suffix', { a: [{ suffix: '.csv' }] }, { a: 'x.csv' }, true],
  ['heeds case in a suffix', { a: [{ suffix: '.csv' }] }, { a: 'x.CSV' }, false],
  [
    'matches a suffix ignoring case',
    { a: [{ suffix: { 'equals-ignore-case': '.CSV' } }] },
    { a: 'x.csv' },
    true,
  ],
  ['equals ignoring case', { a: [{ 'equals-ignore-case': 'ΟΔΟΣ' }] }, { a: 'οδοσ' }, true],
  ['equals nothing longer ignoring case', { a: [{ 'equals-ignore-case': 'ab' }] }, { a: 'ABc' }, false],
  ['is anything but a number', { a: [{ 'anything-but': 5 }] }, { a: 6 }, true],
  ['is not anything but that number', { a: [{ 'anything-but': [5, 6] }] }, { a: 6 }, false],
  ['is anything but a text, being a number', { a: [{ 'anything-but': 'a' }] }, { a: 5 }, true],
  ['is anything but a prefix', { a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 'y' }, true],
  [
    'is not anything but that prefix',
    { a: [{ 'anything-but': { prefix: ['x', 'y'] } }] },
    { a: 'yz' },
    false,
  ],
  ['is not anything but that suffix', { a: [{ 'anything-but': { suffix: '.tmp' } }] }, { a: 'a.tmp' }, false],
  [
    'is not anything but that ignoring case',
    { a: [{ 'anything-but': { 'equals-ignore-case': ['x', 'Y'] } }] },
    { a: 'y' },
    false,
  ],
  [
    'is not anything but that wildcard',
    { a: [{ 'anything-but': { wildcard: '*/lib/*' } }] },
    { a: 'a/lib/b' },
    false,
  ],
  [
    'is anything but that wildcard',
    { a: [{ 'anything-but': { wildcard: '*/lib/*' } }] },
    { a: 'a/bin/b' },
    true,
  ],
  ['is in a range', { a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 5 }, true],
  ['is at the open end of a range', { a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 0 }, false],
  ['is in an IPv4 range', { ip: [{ cidr: '10.0.0.0/24' }] }, { ip: '10.0.0.255' }, true],
  ['is out of an IPv4 range', { ip: [{ cidr: '10.0.0.0/24' }] }, { ip: '10.0.1.0' }, false],
  ['is in an IPv6 range', { ip: [{ cidr: '2001:db8::/32' }] }, { ip: '2001:0DB8:0::1' }, true],
  ['is out of an IPv6 range', { ip: [{ cidr: '2001:db8::/32' }] }, { ip: '2001:db9::1' }, false],
  ['is no address', { ip: [{ cidr: '0.0.0.0/0' }] }, { ip: '10.0.0' }, false],
  ['is an address on one machine only', { ip: [{ cidr: 'fe80::/10' }] }, { ip: 'fe80::1%eth0' }, false],
  ['holds one branch of $or', { $or: [{ a: [1] }, { b: [2] }] }, { b: 2 }, true],
  ['holds no branch of $or', { $or: [{ a: [1] }, { b: [2] }] }, { a: 2, b: 1 }, false],
  [
    'holds $or and what stands beside it',
    { s: ['x'], $or: [{ a: [1] }, { b: [2] }] },
    { s: 'y', a: 1 },
    false,
  ],
  [
    'holds nested $or',
    { $or: [{ a: [1], $or: [{ b: [2] }, { c: [3] }] }, { d: [4] }] },
    { a: 1, c: 3 },
    true,
  ],
  [
    'holds $or and its neighbour in one element',
    { list: { k: ['x'] }, $or: [{ list: { v: [1] } }, { z: [1] }] },
    { list: [{ k: 'x' }, { v: 1 }] },
    false,
  ],
  [
    'holds inner fields in one inner element',
    { u: { t: { k: ['c'], v: ['b'] } } },
    { u: [{ t: [{ k: 'c' }, { v: 'b' }] }] },
    false,
  ],
  ['holds fields of lists in lists', { u: { k: ['c'] } }, { u: [[{ k: 'c' }]] }, true],
  [
    'holds absence in the element that is meant',
    { l: { a: [1], b: [{ exists: false }] } },
    { l: [{ a: 1 }, { a: 2, b: 1 }] },
    true,
  ],
  [
    'breaks absence in the element that is meant',
    { l: { a: [1], b: [{ exists: false }] } },
    { l: [{ a: 1, b: 1 }, {}] },
    false,
  ],
  ['wants absence alone in every element', { l: { b: [{ exists: false }] } }, { l: [{}, { b: 1 }] }, false],
  ['takes absence or a value', { a: [{ exists: false }, 'x'] }, { a: 'x' }, true],
  ['takes absence or a value, not another', { a: [{ exists: false }, 'x'] }, { a: 'y' }, false],
  ['takes a field under a plain value as missing', { a: { b: [{ exists: false }] } }, { a: 1 }, true],
]

describe('an event pattern', () => {
  it.each([...measured, ...more])('%s', (_title, pattern, event, matches) => {
    expect(compilePattern(pattern)(event)).toBe(matches)
  })
})

const many = (count: number) => Array.from({ length: count }, (_, at) => ({ [`f${at}`]: [1] }))

describe('a pattern EventBridge refuses', () => {
  it.each<[title: string, pattern: unknown, message: RegExp]>([
    ['is no object', [], /at its top: \[\] is not an object/],
    ['is null', null, /null is not an object/],
    ['is empty', {}, /an empty object/],
    ['has an empty object inside', { detail: {} }, /at detail: an empty object/],
    ['has an empty list', { detail: { k: [] } }, /at detail\.k: an empty list/],
    ['has a value outside a list', { k: 'v' }, /at k: "v" is not in a list\. Write \["v"\]/],
    ['has a list in a list', { k: [['v']] }, /a list inside a list/],
    ['has an unknown operator', { k: [{ suffx: 'v' }] }, /no operator "suffx"\. Use one of prefix/],
    ['has no operator', { k: [{}] }, /no operator ""/],
    ['has a name every object has as operator', { k: [{ toString: 'v' }] }, /no operator "toString"/],
    ['has two operators in one entry', { k: [{ prefix: 'a', suffix: 'b' }] }, /more than one operator/],
    ['has a prefix that is a number', { k: [{ prefix: 5 }] }, /5 is not a text/],
    ['has an unknown operator in a prefix', { k: [{ prefix: { wildcard: 'a' } }] }, /equals-ignore-case/],
    ['has exists of a text', { k: [{ exists: 'yes' }] }, /Write true or false/],
    ['has ** in a wildcard', { k: [{ wildcard: 'a/**' }] }, /"\*\*" in a wildcard/],
    ['has a lone escape in a wildcard', { k: [{ wildcard: 'a\\b' }] }, /stands before neither/],
    ['has an escape at the end of a wildcard', { k: [{ wildcard: 'a\\' }] }, /stands before neither/],
    ['has anything-but of true', { k: [{ 'anything-but': true }] }, /texts only or numbers only/],
    ['has anything-but of nothing', { k: [{ 'anything-but': [] }] }, /texts only or numbers only/],
    ['has anything-but of a mixture', { k: [{ 'anything-but': ['a', 1] }] }, /texts only or numbers only/],
    [
      'has anything-but of an unknown operator',
      { k: [{ 'anything-but': { cidr: '::/0' } }] },
      /takes one of/,
    ],
    ['has anything-but of every prefix', { k: [{ 'anything-but': { prefix: '' } }] }, /leaves nothing over/],
    ['has anything-but of no wildcard', { k: [{ 'anything-but': { wildcard: [] } }] }, /leaves nothing over/],
    ['has a numeric without list', { k: [{ numeric: 5 }] }, /"numeric" of 5/],
    ['has a numeric of texts', { k: [{ numeric: ['>', '5'] }] }, /lower bound first/],
    ['has an unknown comparison', { k: [{ numeric: ['!=', 5] }] }, /lower bound first/],
    ['has bounds in the wrong order', { k: [{ numeric: ['<', 5, '>', 0] }] }, /lower bound first/],
    ['has a range of nothing', { k: [{ numeric: ['>', 5, '<', 5] }] }, /holds nothing/],
    ['has a cidr without mask', { k: [{ cidr: '10.0.0.1' }] }, /"cidr" of/],
    ['has a cidr with too long a mask', { k: [{ cidr: '10.0.0.0/33' }] }, /"cidr" of/],
    ['has a cidr of no address', { k: [{ cidr: 'ten/8' }] }, /"cidr" of/],
    ['has $or with one branch', { $or: [{ a: [1] }] }, /at \$or: it takes a list of two/],
    ['has $or without list', { $or: { a: [1] } }, /at \$or: it takes a list of two/],
    ['has $or of values', { $or: ['a', 'b'] }, /at \$or: "a" is not an object/],
    [
      'has a field beside and inside $or',
      { a: [1], $or: [{ a: [2] }, { b: [1] }] },
      /at a: it is given both/,
    ],
    ['has over 1000 branches', { $or: many(1001) }, /more than 1000 combinations/],
    ['has over 1000 combinations', { a: { $or: many(32) }, b: { $or: many(32) } }, /more than 1000 combin/],
  ])('%s', (_title, pattern, message) => {
    expect(() => compilePattern(pattern)).toThrow(message)
  })

  it('does not have exactly 1000 combinations', () => {
    const matches = compilePattern({ a: { $or: many(40) }, b: { $or: many(25) } })
    expect(matches({ a: { f39: 1 }, b: { f24: 1 } })).toBe(true)
  })
})
