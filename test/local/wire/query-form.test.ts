import { describe, expect, it } from 'vitest'
import { AwsError } from '../../../src/local/wire/aws-error.ts'
import { formList, queryFace } from '../../../src/local/wire/query-form.ts'
import { serveFace } from './serve.ts'

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/'

async function post(form: Readonly<Record<string, string>>, method = 'POST') {
  const face = queryFace(
    { name: 'SNS', namespace: NAMESPACE },
    {
      Echo: input => ({ Text: input.get('Text') }),
      Nothing: () => undefined,
      Refuse: () => {
        throw new AwsError('NotFound', 'No <topic> & "no" mail.', { status: 404 })
      },
    },
  )
  const { url } = await serveFace(face)
  const body = new URLSearchParams(form)
  return method === 'GET' ? fetch(`${url}/?${body}`) : fetch(url, { method, body })
}

describe('a query face', () => {
  it('wraps the result as the protocol asks', async () => {
    const response = await post({ Action: 'Echo', Text: 'a+b <ü>&\u0000' })
    const id = /<RequestId>([0-9a-f-]{36})</
    const text = (await response.text()).replace(id, '<RequestId>ID<')
    expect(text).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>\n<EchoResponse xmlns="${NAMESPACE}">` +
        '<EchoResult><Text>a+b &lt;ü&gt;&amp;\uFFFD</Text></EchoResult>' +
        '<ResponseMetadata><RequestId>ID</RequestId></ResponseMetadata></EchoResponse>',
    )
  })

  it('leaves the result out where there is none', async () => {
    expect(await (await post({ Action: 'Nothing' })).text()).not.toContain('NothingResult')
  })

  it.each([
    ['refuses an unknown action', { Action: 'Drop' }, 400, /&quot;Drop&quot; of SNS\. It supports Echo/],
    ['refuses a form without action', {}, 400, /It supports Echo/],
    ['refuses a name every object has', { Action: 'constructor' }, 400, /It supports Echo/],
    ['writes a refusal', { Action: 'Refuse' }, 404, /<Code>NotFound<.*No &lt;topic&gt; &amp; &quot;no&quot;/],
  ])('%s', async (_title, form, status, text) => {
    const response = await post(form)
    expect(response.status).toBe(status)
    expect(await response.text()).toMatch(text)
  })

  it('refuses GET, which a web page could make a browser send', async () => {
    expect((await post({ Action: 'Echo' }, 'GET')).status).toBe(400)
  })
})

describe('a list in a form', () => {
  it('comes in the order of its numbers and without the fields around it', () => {
    const form = new Map([
      ['M.entry.10.Name', 'ten'],
      ['M.entry.2.Name', 'two'],
      ['M.entry.2.Value.StringValue', 'v'],
      ['M.entry.x.Name', 'no'],
      ['M.entry.0.Name', 'no'],
      ['M.entrys.1.Name', 'no'],
    ])
    expect(formList(form, 'M.entry').map(member => [...member])).toEqual([
      [
        ['Name', 'two'],
        ['Value.StringValue', 'v'],
      ],
      [['Name', 'ten']],
    ])
  })

  it('holds plain values under the empty name', () => {
    expect(formList(new Map([['Keys.member.1', 'a']]), 'Keys.member')).toEqual([new Map([['', 'a']])])
  })
})
