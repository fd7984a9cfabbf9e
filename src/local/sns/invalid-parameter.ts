import { AwsError } from '../wire/aws-error.ts'

/** The refusal of one parameter, in the words SNS begins with. */
export function invalid(parameter: string, problem: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${parameter}: ${problem}`)
}
