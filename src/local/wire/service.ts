/** The services that have a face, by the name clients sign with. DynamoDB comes on top, behind a server of its own. */
export const SERVICES = ['batch', 's3', 'sqs', 'events', 'sns', 'logs', 'sts', 'states'] as const

export type ServiceName = (typeof SERVICES)[number]

/** How a service writes its errors. */
export type ErrorForm = 'json' | 'query' | 's3'

const QUERY_SERVICES: readonly string[] = ['sns', 'sts']

export function isServiceName(name: string): name is ServiceName {
  return (SERVICES as readonly string[]).includes(name)
}

export function errorFormOf(service: ServiceName): ErrorForm {
  if (service === 's3') return 's3'
  return QUERY_SERVICES.includes(service) ? 'query' : 'json'
}
