interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/**
 * Stands in for the SDK's chain of credential providers in a Lambda's bundle. Lambda gives its role's credentials in the
 * environment and ends the sandbox before they expire; the providers for profiles, SSO and the like would never be
 * asked, and make a quarter of the bundle.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function defaultProvider(): () => Promise<Credentials> {
  return async () => {
    const accessKeyId = process.env['AWS_ACCESS_KEY_ID']
    const secretAccessKey = process.env['AWS_SECRET_ACCESS_KEY']
    const sessionToken = process.env['AWS_SESSION_TOKEN']
    if (accessKeyId === undefined || secretAccessKey === undefined) {
      throw Object.assign(
        new Error('There are no credentials in the environment: this bundle runs in Lambda.'),
        {
          name: 'CredentialsProviderError',
        },
      )
    }
    return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) }
  }
}
