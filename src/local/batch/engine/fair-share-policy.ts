/** How a queue's machines are divided among share identifiers. */
export interface FairSharePolicy {
  /** Milliseconds over which past use counts. */
  readonly window: number
  /** Percent of the vCPUs that are kept for share identifiers to come while there is one; fewer with each more. */
  readonly reservation: number
  readonly weights: readonly ShareWeight[]
}

export interface ShareWeight {
  /** With a `*` at its end: all identifiers that begin so. */
  readonly identifier: string
  /** Half the weight gets twice the machines. */
  readonly weight: number
}

/** The weight of a share identifier; 1 where the policy has none for it. */
export function weightOf({ weights }: FairSharePolicy, identifier: string): number {
  return weights.find(entry => covers(entry.identifier, identifier))?.weight ?? 1
}

/** True when the entry of a policy stands for this identifier, or for all of its prefix. */
export function covers(entry: string, identifier: string): boolean {
  return entry.endsWith('*') ? identifier.startsWith(entry.slice(0, -1)) : identifier === entry
}

/**
 * The part of the vCPUs that is kept free: `(reservation / 100) ^ active share identifiers`.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_FairsharePolicy.html
 */
export function reservedRatio({ reservation }: FairSharePolicy, activeShares: number): number {
  return (reservation / 100) ** activeShares
}
