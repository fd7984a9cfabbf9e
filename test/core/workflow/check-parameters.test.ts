import { describe } from 'vitest'
import { keys, table, top } from './workflow-text.ts'

describe('parameters', () => {
  table([
    [
      'E180 no type',
      top('parameters: { p: { default: 1 } }'),
      ['E180 3 parameters.p.type «p»'],
      '`type` is missing',
    ],
    [
      'E180 an unknown type',
      top('parameters: { p: { type: int } }'),
      ['E180 3 parameters.p.type «int»'],
      'string, number or boolean',
    ],
    [
      'E180 a default of another type',
      top('parameters: { p: { type: string, default: 10 } }'),
      ['E180 3 parameters.p.default «10»'],
      'The default 10 of `p` is a number, not a string. Quote it',
    ],
    [
      'E180 a required one with an object trigger',
      `parameters: { p: { type: string } }\n${keys(['k'])}`,
      ['E180 1 parameters.p «p»'],
      '`p` is required',
    ],
  ])
})
