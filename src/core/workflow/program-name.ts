/** The name by which a program is known: `/usr/bin/awk` is `awk`, `pwsh.exe` is `pwsh`. */
export function programName(argument: string): string {
  return /[^/\\]*$/.exec(argument)?.[0].replace(/\.exe$/i, '') ?? ''
}
