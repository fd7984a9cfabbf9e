/** vCPUs of one `xlarge`. */
const XLARGE = 4
/** Sizes that every family but the burstable ones and the smallest has alike. */
const SIZE = /^(?<family>[a-z][a-z0-9-]*)\.(?:(?<count>\d+)?(?<size>xlarge)|(?<large>large))$/

/**
 * vCPUs of an EC2 instance type, by its size: `large` has 2, `xlarge` 4, `12xlarge` 48. Undefined where the name does
 * not say: a whole family, bare metal, the small sizes, burstable `t` types.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-types.html
 */
export function instanceVcpus(instanceType: string): number | undefined {
  const found = SIZE.exec(instanceType)?.groups
  if (found === undefined || found['family']?.startsWith('t')) return undefined
  return found['large'] === undefined ? Number(found['count'] ?? 1) * XLARGE : XLARGE / 2
}
