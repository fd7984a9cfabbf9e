import type { SendSigned } from './signed-calls.ts'

/**
 * Whether a role is there, by its ARN.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
 */
export async function isRolePresent(send: SendSigned, roleArn: string): Promise<boolean> {
  const RoleName = roleArn.slice(roleArn.lastIndexOf('/') + 1)
  try {
    await send({
      service: 'iam',
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ Action: 'GetRole', RoleName, Version: '2010-05-08' }).toString(),
    })
    return true
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchEntity') return false
    throw error
  }
}
