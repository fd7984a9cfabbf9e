import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  escapeLookUps,
  lookUpsOf,
  parseTemplate,
  render,
  renderScope,
} from '../../../src/core/workflow/look-up.ts'
import { hostileKeys } from '../hostile-keys.ts'

describe('render', () => {
  const scope = {
    trigger: { key: 'in/a.csv', size: 12, größe: 'XL', ['__proto__']: 'safe' },
    parameters: { deep: true, list: [1, 'a'], empty: '' },
    jobs: { 'my-job': { jobId: '1-2' } },
  }
  it.each([
    ['keeps a text without look-ups', 'a $ b { } $', 'a $ b { } $'],
    ['replaces look-ups inside a text', '<${trigger.key}|${trigger.size}>', '<in/a.csv|12>'],
    ['replaces look-ups of three segments', '${jobs.my-job.jobId}', '1-2'],
    ['writes other values as JSON', '${parameters.deep} ${parameters.list}', 'true [1,"a"]'],
    ['takes an empty value', '[${parameters.empty}]', '[]'],
    ['takes names of any script', '${trigger.größe}', 'XL'],
    ['makes $${ a literal', '$${trigger.key}', '${trigger.key}'],
    ['reads $$${ from the left', '$$${trigger.key}', '$${trigger.key}'],
  ])('%s', (_title, template, text) => expect(render(template, scope)).toBe(text))

  it.each([
    ['${trigger.nothing}'],
    ['${nothing.key}'],
    ['${trigger.constructor}'],
    ['${trigger.key.length}'],
    ['${trigger.__proto__.toString}'],
    ['${key}'],
    ['${ trigger.key }'],
    ['${trigger.key'],
    ['${}'],
  ])('refuses %s', template => {
    expect(() => render(template, scope)).toThrow(expect.objectContaining({ code: 'E143' }))
  })

  it.each(hostileKeys)('never scans the value %j again', key => {
    expect(render('${trigger.key}', { trigger: { key } })).toBe(key)
  })

  it('gives back any escaped text, whatever is put around it', () => {
    fc.assert(
      fc.property(dollars, fc.string(), (text, key) => {
        expect(render(escapeLookUps(text), {})).toBe(text)
        expect(render(`${escapeLookUps(text)} \${trigger.key}`, { trigger: { key } })).toBe(`${text} ${key}`)
      }),
    )
  })
})

describe('renderScope', () => {
  it('replaces its scope and leaves a template of the rest', () => {
    const template = '${stack.a}/${trigger.key}/$${x}/${bad'
    expect(renderScope(template, 'stack', { stack: { a: '${trigger.key}' } })).toBe(
      '$${trigger.key}/${trigger.key}/$${x}/${bad',
    )
  })

  it('then render gives the same as render alone', () => {
    const part = fc.oneof(dollars.map(escapeLookUps), fc.constantFrom('${stack.a}', '${trigger.b}'))
    fc.assert(
      fc.property(fc.array(part), dollars, dollars, (parts, a, b) => {
        const template = parts.join(' ')
        const scope = { stack: { a }, trigger: { b } }
        expect(render(renderScope(template, 'stack', scope), scope)).toBe(render(template, scope))
      }),
    )
  })
})

describe('parseTemplate', () => {
  it('tells where each look-up stands', () => {
    expect(lookUpsOf('a ${run.id}$${no}${jobs.b.jobId}')).toEqual([
      { type: 'lookUp', name: 'run.id', path: ['run', 'id'], start: 2, end: 11 },
      { type: 'lookUp', name: 'jobs.b.jobId', path: ['jobs', 'b', 'jobId'], start: 17, end: 32 },
    ])
  })

  it('accounts for every character of any text', () => {
    fc.assert(
      fc.property(dollars, text => {
        const written = parseTemplate(text).map(part =>
          part.type === 'text' ? escapeLookUps(part.text) : text.slice(part.start, part.end),
        )
        expect(written.join('')).toBe(text)
      }),
    )
  })
})

const dollars = fc.string({ unit: fc.constantFrom('$', '{', '}', '.', 'a', 'b', '"', ' ', 'ü') })
