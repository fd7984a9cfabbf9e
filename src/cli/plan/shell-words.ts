const SAFE = /^[A-Za-z0-9_@%+=:,./-]+$/

/** A command as one would type it: what a shell would take apart or replace is quoted. */
export function shellWords(command: readonly string[]): string {
  return command.map(word => (SAFE.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ')
}
