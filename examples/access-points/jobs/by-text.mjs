/**
 * Orders texts by their UTF-16 code units: the same everywhere, whatever the machine's language.
 *
 * @param {string} a
 * @param {string} b
 */
export function byText(a, b) {
  return a < b ? -1 : Number(a > b)
}
