import { assertNever } from '../../../core/errors.ts'
import type { Submission } from '../submission.ts'

/** What an attempt is run in: a container, the folder that stands for its image, or none of these. */
export type Place = 'container' | 'mapped' | 'plain'

/** What the log of an attempt says first: where it differs from a run on AWS. */
export function noticesOf({ image, container }: Submission, place: Place): readonly string[] {
  const secrets = namesOf(container['secrets'])
  const volumes = namesOf(container['volumes'])
  return [
    ...placeNotices(image, place),
    ...(secrets.length === 0 ? [] : [`Secrets are not available here; not set: ${secrets.join(', ')}`]),
    ...(volumes.length === 0 ? [] : [`Volumes are not available here; not mounted: ${volumes.join(', ')}`]),
  ]
}

function placeNotices(image: string, place: Place): readonly string[] {
  switch (place) {
    case 'container':
    case 'mapped':
      return []
    case 'plain':
      return [`No container was used: nothing stands for the image ${image} here.`]
    default:
      return assertNever(place)
  }
}

function namesOf(entries: unknown): readonly string[] {
  return Array.isArray(entries) ? entries.map(entry => String(entry?.name)) : []
}
