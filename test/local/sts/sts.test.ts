import { expect, it } from 'vitest'
import { createSts } from '../../../src/local/sts/sts.ts'
import { IDENTITY } from '../client-settings.ts'
import { authorization } from '../wire/raw.ts'
import { serveRouter } from '../wire/serve-router.ts'

async function ask(action: string): Promise<string> {
  const { url } = await serveRouter({ sts: createSts({ identity: IDENTITY }).face })
  const headers = { authorization: authorization('sts'), 'x-amz-date': '20261121T010203Z' }
  const body = new URLSearchParams({ Action: action, Version: '2011-06-15' })
  return (await fetch(url, { method: 'POST', headers, body })).text()
}

it('tells who is asking', async () => {
  expect(await ask('GetCallerIdentity')).toContain(
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
      '<Arn>arn:aws:iam::000000000000:user/local</Arn><UserId>AIDALOCAL00000000000</UserId>' +
      '<Account>000000000000</Account></GetCallerIdentityResult>',
  )
})

it('refuses other actions', async () => {
  expect(await ask('AssumeRole')).toMatch(/&quot;AssumeRole&quot; of STS. It supports GetCallerIdentity/)
})
