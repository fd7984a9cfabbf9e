import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AlertMessage } from '../../../src/core/alert/alert-message.ts'
import { digestAlert } from '../../../src/core/alert/digest-alert.ts'
import { failedAlert } from '../../../src/core/alert/failed-alert.ts'
import { missedAlert } from '../../../src/core/alert/missed-alert.ts'
import { lateAlert, recoveredAlert } from '../../../src/core/alert/run-alerts.ts'
import { stuckAlert } from '../../../src/core/alert/stuck-alert.ts'
import { viewJobs } from '../../../src/core/run/job-view.ts'
import { explainStuck } from '../../../src/core/stuck/explain-stuck.ts'
import { displayWidth } from '../../../src/core/workflow/display-width.ts'
import { hostileKeys } from '../hostile-keys.ts'
import { given, NOW, RUN_ID } from '../run/given.ts'
import { environmentOf, lookOf } from '../stuck/look-of.ts'

const PLACE = { stage: 'dev', region: 'eu-west-1', sms: true }

/** Each kind of alert, with a text from outside in every place that one can come to. */
const ALERTS: Readonly<Record<string, (text: string) => AlertMessage>> = {
  failed: text => failedAlert(...runWith(text), [text], PLACE),
  late: text => lateAlert(...runWith(text), 3600, PLACE),
  recovered: text => recoveredAlert(runWith(text)[0], PLACE),
  missed: text =>
    missedAlert(
      { workflow: 'w', expression: 'cron(0 2 * * ? *)', timezone: text, scheduledTime: NOW },
      PLACE,
    ),
  digest: text =>
    digestAlert('w', { revision: 1, openedAt: NOW, own: ['a'], folded: { [`${RUN_ID}-1`]: text } }, PLACE),
  stuck: text => {
    const look = lookOf({
      environments: [environmentOf({ name: text, isValid: false, statusReason: text })],
      job: { jobName: text, statusReason: text, image: text },
    })
    const queue = { queue: 'default', headJobId: 'id', since: NOW - 60_000, now: NOW, workflows: ['w'] }
    return stuckAlert({ ...queue, look, cause: explainStuck(look) }, PLACE)
  },
}

function runWith(text: string) {
  const trigger = { type: 'object', values: { key: text, uri: `s3://photos/${text}` } } as const
  const end = { status: 'FAILED', finishedAt: NOW, trigger } as const
  const snapshot = given({ a: {} }, { a: { state: 'FAILED', statusReason: text, reason: text } }, end)
  return [snapshot.run, viewJobs(snapshot).values()] as const
}

describe.each(Object.entries(ALERTS))('an alert of kind %s', (_kind, alertOf) => {
  it.each(hostileKeys)('keeps to its form with %j', text => expectSound(alertOf(text)))

  it('keeps to its form whatever is said', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 200 }))
    fc.assert(fc.property(text, text => expectSound(alertOf(text))))
  })
})

function expectSound({ email, subject, sms, attributes }: AlertMessage): void {
  expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/)
  expect(sms).toMatch(/^[A-Za-z0-9 @£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,./:;<=>?¡ÄÖÑÜ§¿äöñüà-]{1,140}$/)
  expect(email).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]*$/mu)
  const tooWide = email
    .split('\n')
    .filter(line => displayWidth(line) > 72 && line.trim().includes(' ') && !line.startsWith('Input:'))
  expect(tooWide).toEqual([])
  expect(attributes).toMatchObject({ workflow: 'w', stage: 'dev', sms: 'true' })
}
