import type { SendSigned } from './signed-calls.ts'

const PRIVATE = /^(\d{12})\.dkr\.ecr\.[\w-]+\.[^/]+\/([^:@]+)(?::([^@]+)|@(.+))?$/
const ABSENT: ReadonlySet<string> = new Set(['ImageNotFoundException', 'RepositoryNotFoundException'])

/**
 * Whether an image is in its private repository of ECR; undefined for one that is elsewhere.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html
 */
export async function isImagePresent(send: SendSigned, image: string): Promise<boolean | undefined> {
  const [, registryId, repositoryName, imageTag = 'latest', imageDigest] = PRIVATE.exec(image) ?? []
  if (registryId === undefined) return undefined
  try {
    await send({
      service: 'ecr',
      method: 'POST',
      path: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AmazonEC2ContainerRegistry_V20150921.DescribeImages',
      },
      body: JSON.stringify({
        registryId,
        repositoryName,
        imageIds: [imageDigest === undefined ? { imageTag } : { imageDigest }],
      }),
    })
    return true
  } catch (error) {
    if (error instanceof Error && ABSENT.has(error.name)) return false
    throw error
  }
}
