const MEBIBYTES = { MiB: 1, GiB: 1024, TiB: 1024 * 1024 } as const
const SIZE = /^(\d{1,9}(?:\.\d{1,4})?) ?(MiB|GiB|TiB)$/

/**
 * MiB of a size as workflow files have it: whole MiB as a number, or a text with a unit (`512MiB`, `1.5GiB`, `1TiB`).
 * Undefined when it is neither, or no whole number of MiB.
 */
export function parseMemorySize(size: number | string): number | undefined {
  const mebibytes = typeof size === 'number' ? size : withUnit(size)
  return mebibytes !== undefined && Number.isSafeInteger(mebibytes) && mebibytes >= 0 ? mebibytes : undefined
}

function withUnit(size: string): number | undefined {
  const [, amount, unit] = SIZE.exec(size) ?? []
  return amount === undefined ? undefined : Number(amount) * MEBIBYTES[unit as keyof typeof MEBIBYTES]
}

/** MiB in the unit people write: `2GiB`, `512MiB`. */
export function formatMemorySize(mebibytes: number): string {
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024}GiB` : `${mebibytes}MiB`
}
