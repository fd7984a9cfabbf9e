const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A time as people read it: `2026-11-21 03:12:05` of this machine's time zone, or `2026-11-21 02:12:05Z`. */
export function clockTime(at: number, utc: boolean): string {
  if (utc) return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}Z`
  const date = new Date(at)
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-')
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':')
  return `${day} ${time}`
}

/** How long something took, in two units at most: `0.4s`, `12s`, `3m05s`, `2h07m`, `4d03h`. */
export function elapsed(milliseconds: number): string {
  const time = Math.max(0, milliseconds)
  if (time < 10 * SECOND) return `${(Math.floor(time / 100) / 10).toFixed(1)}s`
  if (time < MINUTE) return `${Math.floor(time / SECOND)}s`
  if (time < HOUR) return `${Math.floor(time / MINUTE)}m${twoDigits(Math.floor((time % MINUTE) / SECOND))}s`
  if (time < DAY) return `${Math.floor(time / HOUR)}h${twoDigits(Math.floor((time % HOUR) / MINUTE))}m`
  return `${Math.floor(time / DAY)}d${twoDigits(Math.floor((time % DAY) / HOUR))}h`
}

/** ISO 8601, as `--json` has it. */
export function isoTime(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString()
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
