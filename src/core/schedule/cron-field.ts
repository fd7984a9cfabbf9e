/** One field of an AWS cron expression: what it is called and what it may hold. */
export interface CronField {
  readonly name: 'minutes' | 'hours' | 'day-of-month' | 'month' | 'day-of-week' | 'year'
  readonly least: number
  readonly most: number
  /** Names for the numbers, the first one for `least`. */
  readonly names?: readonly string[]
}

/** In the order of the expression. @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
export const CRON_FIELDS = {
  minutes: { name: 'minutes', least: 0, most: 59 },
  hours: { name: 'hours', least: 0, most: 23 },
  dayOfMonth: { name: 'day-of-month', least: 1, most: 31 },
  month: {
    name: 'month',
    least: 1,
    most: 12,
    names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  },
  dayOfWeek: {
    name: 'day-of-week',
    least: 1,
    most: 7,
    names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
  },
  year: { name: 'year', least: 1970, most: 2199 },
} as const satisfies Readonly<Record<string, CronField>>

/** The numbers that a field of lists, ranges and steps stands for, ascending; or what is wrong with it, in words. */
export function cronNumbers(text: string, field: CronField): readonly number[] | string {
  const numbers = new Set<number>()
  for (const part of text.split(',')) {
    const found = partNumbers(part, field)
    if (typeof found === 'string') return found
    for (const number of found) numbers.add(number)
  }
  return [...numbers].sort((a, b) => a - b)
}

/** A number of the field, by digits or by name; undefined for anything else. */
export function cronNumber(text: string, { least, most, names = [] }: CronField): number | undefined {
  const named = names.indexOf(text.toUpperCase())
  const number = named >= 0 ? named + least : /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN
  return number >= least && number <= most ? number : undefined
}

function partNumbers(part: string, field: CronField): readonly number[] | string {
  const [range = '', stepText, ...more] = part.split('/')
  const step = stepText === undefined ? 1 : /^[1-9]\d{0,3}$/.test(stepText) ? Number(stepText) : Number.NaN
  if (more.length > 0 || Number.isNaN(step)) return `\`${part}\` has no step of 1 or more behind its \`/\``
  const bounds = boundsOf(range, stepText !== undefined, field)
  if (typeof bounds === 'string') return bounds
  const numbers: number[] = []
  for (let number = bounds[0]; number <= bounds[1]; number += step) numbers.push(number)
  return numbers
}

/** `5/15` goes on to the end of the field, `5` alone does not. */
function boundsOf(
  range: string,
  hasStep: boolean,
  field: CronField,
): readonly [from: number, to: number] | string {
  if (range === '*') return [field.least, field.most]
  const [first = '', last, ...more] = range.split('-')
  const from = cronNumber(first, field)
  const to = last === undefined ? (hasStep ? field.most : from) : cronNumber(last, field)
  if (from === undefined || to === undefined || more.length > 0) return notOfField(range, field)
  if (to < from) return `\`${range}\` goes backwards; write it as two ranges with a comma`
  return [from, to]
}

function notOfField(text: string, { least, most, names }: CronField): string {
  const words = names ? ` or ${names[0]}-${names.at(-1)}` : ''
  return `\`${text}\` is not from ${least} to ${most}${words}`
}
