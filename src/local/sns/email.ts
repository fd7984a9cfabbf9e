import type { Publication } from './publication.ts'
import { quotedPrintable } from './quoted-printable.ts'

/** Bytes of UTF-8 in one encoded word, so that a line stays below 76 characters behind `Subject: ` too. */
const BYTES_PER_WORD = 39

/**
 * The e-mail SNS would send, as a mail program opens it. The addresses end in `.invalid`: it is never sent.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5322
 */
export function emailOf(publication: Publication, messageId: string, time: Date): string {
  const topic = publication.topicArn.slice(publication.topicArn.lastIndexOf(':') + 1)
  const headers = [
    'From: AWS Notifications <no-reply@sns.invalid>',
    `To: ${topic} <${topic}@sns.invalid>`,
    `Subject: ${headerText(publication.subject ?? 'AWS Notification Message')}`,
    `Date: ${time.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${messageId}@sns.invalid>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    'Content-Transfer-Encoding: quoted-printable',
  ]
  const body = quotedPrintable(publication.messages['email'] ?? publication.messages.default)
  return `${headers.join('\r\n')}\r\n\r\n${body}\r\n`
}

/** Text for a header: as it is where ASCII, else as encoded words. @see https://www.rfc-editor.org/rfc/rfc2047 */
export function headerText(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes('=?')) return text
  const words = ['']
  for (const character of text) {
    const word = `${words.at(-1)}${character}`
    if (Buffer.byteLength(word) > BYTES_PER_WORD) words.push(character)
    else words[words.length - 1] = word
  }
  return words.map(word => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join('\r\n ')
}
