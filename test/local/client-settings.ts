/** What every SDK client against local AWS is given; one try, so that a refusal is seen at once. */
export function clientSettings(url: string) {
  return {
    endpoint: url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  } as const
}

export const IDENTITY = { account: '000000000000', region: 'eu-west-1' } as const
