/** Matches by trying every length of every wildcard, shortest first: slow, and plainly what the definition says. */
export function referenceMatch(pattern: string, key: string): [string, string][] | undefined {
  const token = /^(?:\{([^}.]+)(\.\.\.)?\}|\*\*?)/.exec(pattern)
  if (!token) return withoutWildcard(pattern, key)
  const [whole, capture, dots] = token
  const chars = Array.from(key)
  const across = whole === '**' || dots !== undefined
  for (let length = capture === undefined ? 0 : 1; length <= chars.length; length++) {
    const taken = chars.slice(0, length).join('')
    if (!across && taken.includes('/')) return undefined
    const rest = referenceMatch(pattern.slice(whole.length), chars.slice(length).join(''))
    if (rest) return capture === undefined ? rest : [[capture, taken], ...rest]
  }
  return undefined
}

function withoutWildcard(pattern: string, key: string): [string, string][] | undefined {
  if (pattern === '') return key === '' ? [] : undefined
  const [char = ''] = pattern
  return key.startsWith(char) ? referenceMatch(pattern.slice(char.length), key.slice(char.length)) : undefined
}
