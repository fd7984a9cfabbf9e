import { AwsError } from './aws-error.ts'
import { readBody, type WireRequest } from './face.ts'

/** Reads a whole body as UTF-8 text. @throws AwsError 413 beyond `limit` bytes. */
export async function readText(request: WireRequest, limit: number): Promise<string> {
  try {
    return (await readBody(request.body, limit)).toString('utf8')
  } catch (error) {
    if (error instanceof RangeError) {
      throw new AwsError('RequestEntityTooLargeException', error.message, { status: 413, cause: error })
    }
    throw error
  }
}
