import * as z from 'zod/mini'

const BUCKET = 'the name of a bucket, or a look-up like ${stack.inputBucket}'
const SCHEDULE = 'a schedule, like { cron: "0 2 * * ? *", timezone: Europe/Berlin }'
const EVENT = 'an event pattern, like { pattern: { source: [shop.orders], detail-type: [Day Closed] } }'
const AFTER = 'a workflow, like { workflow: nightly, status: SUCCEEDED }'

const TriggerParameters = z
  .record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean()], { error: 'a text, a number or a boolean' }),
    {
      error: 'names with values, like { threshold: 5 }',
    },
  )
  .check(z.describe('Values of parameters for the runs it starts; `${trigger...}` may be looked up'))

const SPAN = 'seconds, or a text with a unit, like 6h'
const UNTIL = 'one of { count: 2 }, { quiet: 5m }, { marker: _SUCCESS } and { manifest: manifest.json }'
const MOST_MEMBERS = 10_000

export const CollectUntil = z.strictObject(
  {
    count: z.optional(
      z
        .int({ error: `a whole number of objects, 1 to ${MOST_MEMBERS}` })
        .check(
          z.minimum(1, { error: `a whole number of objects, 1 to ${MOST_MEMBERS}` }),
          z.maximum(MOST_MEMBERS, { error: `a whole number of objects, 1 to ${MOST_MEMBERS}` }),
          z.describe('So many distinct keys'),
        ),
    ),
    quiet: z.optional(
      z.union([z.number(), z.string()], { error: SPAN }).check(z.describe('No further object for so long')),
    ),
    marker: z.optional(
      z
        .string({ error: 'a name, like _SUCCESS' })
        .check(
          z.regex(/^[^/{}*]{1,200}$/, { error: 'a name without `/`, like _SUCCESS' }),
          z.describe("An object of this name in the set's folder"),
        ),
    ),
    manifest: z.optional(
      z
        .string({ error: 'a name, like manifest.json' })
        .check(
          z.regex(/^[^/{}*]{1,200}$/, { error: 'a name without `/`, like manifest.json' }),
          z.describe(
            "All that an object of this name in the set's folder lists: a JSON array, or lines, of keys or URIs",
          ),
        ),
    ),
  },
  { error: UNTIL },
)

export const Collect = z
  .strictObject(
    {
      by: z
        .string({ error: 'what belongs together, like ${trigger.run}' })
        .check(z.describe('Objects with the same value are one set')),
      until: CollectUntil,
      deadline: z.optional(
        z
          .union([z.number(), z.string()], { error: SPAN })
          .check(z.describe('From the first object. Default 24h')),
      ),
      onDeadline: z.optional(
        z
          .enum(['alert', 'run', 'drop'], { error: 'alert, run or drop' })
          .check(z.describe('Tell and wait on (default), run with what is there, or give the set up')),
      ),
      late: z.optional(
        z
          .enum(['alert', 'run', 'ignore'], { error: 'alert, run or ignore' })
          .check(z.describe('An object after closing: tell (default), open a further set, or pass it over')),
      ),
    },
    { error: 'a set, like { by: "${trigger.run}", until: { count: 2 } }' },
  )
  .check(z.describe('One run for a set of objects'))

export const ObjectTrigger = z
  .strictObject(
    {
      bucket: z
        .string({ error: BUCKET })
        .check(
          z.minLength(1, { error: BUCKET }),
          z.describe('Name of the bucket; EventBridge must be on for it'),
        ),
      key: z
        .string({ error: 'a key pattern, like in/{name}.csv' })
        .check(
          z.describe(
            'Key pattern: {x} captures inside a segment, {x...} across /; * and ** pass over; the shortest match counts, left to right',
          ),
        ),
      minSize: z.optional(
        z
          .int({ error: 'a whole number of bytes' })
          .check(
            z.minimum(0, { error: 'a whole number of bytes' }),
            z.describe('Smaller objects are ignored. Default 1 byte: skips folder markers'),
          ),
      ),
      collect: z.optional(Collect),
    },
    { error: 'a bucket and a key, like { bucket: photos, key: "in/{name}.jpg" }' },
  )
  .check(z.describe('S3 "Object Created"'))

export const ScheduleTrigger = z
  .strictObject(
    {
      cron: z.optional(
        z
          .string({ error: 'six fields, like "0 2 * * ? *"' })
          .check(z.describe('AWS cron: minutes hours day-of-month month day-of-week year; Sunday is 1')),
      ),
      rate: z.optional(
        z
          .string({ error: 'a number and a unit, like "1 hour"' })
          .check(z.describe('A fixed interval: "5 minutes", "1 hour", "2 days"')),
      ),
      timezone: z.optional(
        z
          .string({ error: 'a time zone, like Europe/Berlin' })
          .check(z.describe('Of the clock that cron and the look-ups mean. Default UTC')),
      ),
      overlap: z.optional(
        z
          .enum(['skip', 'queue', 'allow', 'cancelPrevious'], {
            error: 'skip, queue, allow or cancelPrevious',
          })
          .check(
            z.describe(
              'When the run of the last firing is still going on: skip this one (default), queue it, allow both, or cancel that one',
            ),
          ),
      ),
      parameters: z.optional(TriggerParameters),
    },
    { error: SCHEDULE },
  )
  .check(z.describe('A clock, by EventBridge Scheduler'))

export const EventTrigger = z
  .strictObject(
    {
      pattern: z
        .record(z.string(), z.unknown(), { error: 'a pattern, like { source: [shop.orders] }' })
        .check(z.describe('Pattern of EventBridge, matched on the default bus')),
      parameters: z.optional(TriggerParameters),
    },
    { error: EVENT },
  )
  .check(z.describe('Any event of EventBridge'))

export const AfterTrigger = z
  .strictObject(
    {
      workflow: z.string({ error: 'the name of a workflow' }).check(z.describe('Whose runs it follows')),
      status: z.optional(
        z
          .enum(['SUCCEEDED', 'FAILED', 'CANCELLED'], { error: 'SUCCEEDED, FAILED or CANCELLED' })
          .check(z.describe('How those runs ended. Default SUCCEEDED')),
      ),
      parameters: z.optional(TriggerParameters),
    },
    { error: AFTER },
  )
  .check(z.describe('The end of a run of another workflow'))

/** One of the kinds; `check-triggers.ts` sees to it that there is exactly one. */
export const Trigger = z.strictObject(
  {
    object: z.optional(ObjectTrigger),
    schedule: z.optional(ScheduleTrigger),
    event: z.optional(EventTrigger),
    after: z.optional(AfterTrigger),
  },
  { error: 'a trigger, like { object: { bucket: photos, key: "in/{name}.jpg" } }' },
)

export type TriggerFile = z.infer<typeof Trigger>
