/**
 * Where the clients go. With an endpoint they speak to local mode, told so explicitly with made-up credentials: what the
 * machine has configured for AWS can then neither be used nor be reached by mistake.
 */
export interface ClientTarget {
  readonly endpoint?: string
  readonly region?: string
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** A profile of the AWS configuration files. */
  readonly profile?: string
}

const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' }

export function clientTarget(endpoint: string | undefined, region: string | undefined): ClientTarget {
  if (endpoint === undefined) return {}
  return { endpoint, region: region ?? 'us-east-1', credentials: LOCAL_CREDENTIALS }
}
