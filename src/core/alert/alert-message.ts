import type { AlertKind } from './alert-kind.ts'
import { gsmText } from './gsm.ts'
import { subjectText } from './mail-text.ts'

/** One message to people, as SNS takes it. */
export interface AlertMessage {
  /** Under 100 characters, no control characters. */
  readonly subject: string
  /** Plain text, lines of at most 72 columns. */
  readonly email: string
  /** At most 140 characters of the GSM basic set. */
  readonly sms: string
  /** For filter policies of subscriptions; those of phones let `sms: true` through. */
  readonly attributes: {
    readonly workflow: string
    readonly kind: AlertKind
    readonly stage: string
    readonly sms: 'true' | 'false'
  }
}

export interface AlertParts {
  readonly workflow: string
  readonly kind: AlertKind
  readonly stage: string
  readonly sms: boolean
  /** Behind the workflow's name, in subject and SMS. */
  readonly summary: string
  /** Ends the SMS; cut first. */
  readonly detail?: string
  readonly lines: readonly string[]
}

const SMS_SEPTETS = 140

export function alertMessage({
  workflow,
  kind,
  stage,
  sms,
  summary,
  detail,
  lines,
}: AlertParts): AlertMessage {
  return {
    subject: subjectText(`${workflow} ${summary} [${stage}]`),
    email: `${lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trimEnd()}\n`,
    sms: gsmText([`${workflow} ${summary} (${stage})`, detail].filter(Boolean).join('. '), SMS_SEPTETS),
    attributes: { workflow, kind, stage, sms: sms ? 'true' : 'false' },
  }
}
