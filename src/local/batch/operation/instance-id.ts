import { randomBytes } from 'node:crypto'

/** The id of an EC2 instance: `i-` and 17 hexadecimal digits. */
export function newInstanceId(): string {
  return `i-${randomBytes(9).toString('hex').slice(0, 17)}`
}
