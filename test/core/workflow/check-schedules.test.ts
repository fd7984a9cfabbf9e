import { describe, expect, it } from 'vitest'
import { faults, table, top } from './workflow-text.ts'

const schedule = (...settings: readonly string[]) =>
  top('triggers:', ...settings.map(text => `  - schedule: { ${text} }`))

describe('schedules', () => {
  table([
    [
      'E160 crontab',
      schedule('cron: "0 2 * * *"'),
      ['E160 4 triggers[0].schedule.cron «0 2 * * *»'],
      'has six fields, this has 5',
    ],
    [
      'E160 the field at fault',
      schedule('cron: "0 25 * * ? *"'),
      ['E160 4 triggers[0].schedule.cron «25»'],
      'In the field hours, `25` is not from 0 to 23.',
    ],
    [
      'E160 30 February',
      schedule('cron: "0 2 30 2 ? *"'),
      ['E160 4 triggers[0].schedule.cron «30»'],
      'There is no such date',
    ],
    [
      'E160 both day fields',
      schedule('cron: "0 2 1 * MON *"'),
      ['E160 4 triggers[0].schedule.cron «MON»'],
      'Write `?` for exactly one',
    ],
    [
      'E160 cron in cron',
      schedule('cron: "cron(0 2 * * ? *)"'),
      ['E160 4 triggers[0].schedule.cron «cron(0 2 * * ? *)»'],
      'says `cron` already',
    ],
    [
      'E160 a rate of the wrong number',
      schedule('rate: "1 hours"'),
      ['E160 4 triggers[0].schedule.rate «"1 hours"»'],
      'is no rate',
    ],
    [
      'E160 a rate that is a number',
      schedule('rate: 5'),
      ['E160 4 triggers[0].schedule.rate «5»'],
      'a number and a unit',
    ],
    [
      'E160 neither',
      schedule('timezone: UTC'),
      ['E160 4 triggers[0].schedule «{ timezone: UTC }»'],
      'neither `cron` nor `rate`',
    ],
    [
      'E160 both',
      schedule('cron: "0 2 * * ? *", rate: "1 hour"'),
      ['E160 4 triggers[0].schedule «{ cron: "0 2 * * ? *", rate: "…»'],
      'both `cron` and `rate`',
    ],
    [
      'E161 an unknown zone',
      schedule('rate: "1 hour", timezone: Europe/Berln'),
      ['E161 4 triggers[0].schedule.timezone «Europe/Berln»'],
      'Did you mean `Europe/Berlin`?',
    ],
    [
      'E161 a zone in lower case',
      schedule('rate: "1 hour", timezone: europe/berlin'),
      ['E161 4 triggers[0].schedule.timezone «europe/berlin»'],
      'Did you mean `Europe/Berlin`?',
    ],
    [
      'E161 an offset',
      schedule('rate: "1 hour", timezone: "+02:00"'),
      ['E161 4 triggers[0].schedule.timezone «"+02:00"»'],
      'IANA',
    ],
    [
      'E152 two equal ones',
      schedule('rate: "1 hour"', 'rate: "1 hour", overlap: allow'),
      ['E152 5 triggers[1].schedule «{ rate: "1 hour", overlap: all…»'],
      'triggers[0] and triggers[1] are equal',
    ],
    [
      'E110 an unknown key',
      schedule('rate: "1 hour", tz: UTC'),
      ['E110 4 triggers[0].schedule.tz «tz»'],
      'Known here: cron, rate, timezone',
    ],
    [
      'E114 an empty trigger',
      top('triggers: [{}]'),
      ['E114 3 triggers[0] «{}»'],
      'Write one of object, schedule, event and after',
    ],
    [
      'E114 two kinds in one',
      top('triggers: [{ schedule: { rate: "1 hour" }, after: { workflow: v } }]'),
      ['E114 3 triggers[0] «{ schedule: { rate: "1 hour" }…»'],
      'One trigger is several: schedule, after.',
    ],
  ])

  it.each([
    'UTC',
    'Europe/Berlin',
    'US/Eastern',
    'Asia/Kolkata',
    'America/Argentina/Buenos_Aires',
    'Etc/GMT+5',
  ])('takes the zone %s', timezone =>
    expect(faults(schedule(`cron: "0 2 * * ? *", timezone: ${timezone}`))).toEqual([]),
  )
})

describe('parameters of triggers', () => {
  const withParameters = (parameters: string, trigger: string) =>
    top(`parameters: { ${parameters} }`, `triggers: [{ ${trigger} }]`)
  table([
    [
      'E180 a required one that a schedule does not give',
      withParameters('n: { type: number }', 'schedule: { rate: "1 hour" }'),
      ['E180 3 parameters.n «n»'],
      'triggers[0] gives no value',
    ],
    [
      'E180 an unknown one',
      withParameters(
        'floor: { type: number }',
        'schedule: { rate: "1 hour", parameters: { flor: 1, floor: 2 } }',
      ),
      ['E180 4 triggers[0].schedule.parameters.flor «1»'],
      'Did you mean `floor`?',
    ],
    [
      'E180 one of another type',
      withParameters('n: { type: number }', 'schedule: { rate: "1 hour", parameters: { n: many } }'),
      ['E180 4 triggers[0].schedule.parameters.n «many»'],
      'Give it a number',
    ],
    [
      "E143 a look-up that this trigger's runs do not have",
      withParameters(
        'n: { type: string }',
        'schedule: { rate: "1 hour", parameters: { n: "${trigger.key}" } }',
      ),
      ['E143 4 triggers[0].schedule.parameters.n «${trigger.key}»'],
      'Known: `scheduledTime`',
    ],
  ])

  it('takes look-ups of their own trigger', () => {
    const text = withParameters(
      'n: { type: number }',
      'event: { pattern: { source: [a] }, parameters: { n: "${trigger.detail.a.b}" } }',
    )
    expect(faults(text)).toEqual([])
  })
})

describe('events', () => {
  table([
    [
      'E165 a pattern that EventBridge refuses',
      top('triggers: [{ event: { pattern: { source: shop } } }]'),
      ['E165 3 triggers[0].event.pattern «{ source: shop }»'],
      'The event pattern is wrong at source',
    ],
    [
      'E114 a status that runs do not have',
      top('triggers: [{ after: { workflow: v, status: DONE } }]'),
      ['E114 3 triggers[0].after.status «DONE»'],
      'SUCCEEDED, FAILED or CANCELLED',
    ],
  ])
})
