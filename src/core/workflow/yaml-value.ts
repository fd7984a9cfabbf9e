import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml'
import { shown, shownName } from './escape-text.ts'
import { named } from './named.ts'
import type { Path, Problem, Span } from './problem.ts'
import { syntaxProblem } from './yaml-syntax.ts'

/** Where a value and what it holds stand in the file. */
export interface Spot {
  readonly key?: Span
  readonly value: Span
  readonly inner: ReadonlyMap<string | number, Spot>
  /** The text of a scalar, quotes and escapes undone. */
  readonly text?: string
}

export interface YamlValue {
  readonly value: unknown
  readonly spot: Spot
}

export interface YamlOptions {
  /** Whether a number or boolean at this path is wanted as the text that stands in the file (`1.10`). */
  readonly isText: (path: Path) => boolean
  /** The line of an offset, from 1. */
  readonly lineOf: (offset: number) => number
}

const MAX_DEPTH = 64
const MAX_ALIASED_NODES = 10_000
const CORE_TAGS = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map(name => `tag:yaml.org,2002:${name}`),
)

/**
 * The plain value of a parsed document: records have no prototype. What YAML allows and workflow files do not
 * (duplicate and merge keys, keys that are no text, foreign tags, too deep or too many aliases) becomes a problem.
 */
export class YamlReader {
  readonly problems: Problem[] = []
  readonly #options: YamlOptions
  readonly #anchors = new Map<string, Node>()
  readonly #open = new Set<Node>()
  #outermostAlias: Span | undefined
  #aliasedNodes = 0

  constructor(options: YamlOptions) {
    this.#options = options
  }

  read(document: Document.Parsed): YamlValue {
    return this.#read(document.contents, [], { start: 0, end: 0 })
  }

  #read(node: unknown, path: Path, place: Span): YamlValue {
    const span = spanOf(node, place)
    const leaf = (value: unknown): YamlValue => ({ value, spot: { value: span, inner: new Map() } })
    if (this.#exhausted(path, span)) return leaf(null)
    if (isAlias(node)) return this.#alias(node.source, path, span)
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return leaf(null)
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node)
    if (node.tag !== undefined && !CORE_TAGS.has(node.tag)) this.#foreignTag(node.tag, span)
    if (isScalar(node)) {
      const asText = typeof node.value !== 'string' && node.value !== null && this.#options.isText(path)
      const value = asText ? (node.source ?? String(node.value)) : node.value
      return { value, spot: { value: span, inner: new Map(), text: String(value) } }
    }
    this.#open.add(node)
    const read = isMap(node) ? this.#map(node, path, span) : this.#sequence(node.items, path, span)
    this.#open.delete(node)
    return read
  }

  #sequence(items: readonly unknown[], path: Path, span: Span): YamlValue {
    const read = items.map((item, index) => this.#read(item, [...path, index], span))
    const inner = new Map(read.map(({ spot }, index) => [index, spot]))
    return { value: read.map(({ value }) => value), spot: { value: span, inner } }
  }

  #map(map: YAMLMap<unknown, unknown>, path: Path, span: Span): YamlValue {
    const inner = new Map<string | number, Spot>()
    const entries: [string, unknown][] = []
    for (const pair of map.items) {
      const key = this.#key(pair, path, span, inner)
      if (key === undefined) continue
      const place = spanOf(pair.key, span)
      const { value, spot } = this.#read(pair.value, [...path, key], place)
      inner.set(key, { ...spot, key: place })
      entries.push([key, value])
    }
    return { value: named(entries), spot: { value: span, inner } }
  }

  #key(
    { key }: Pair,
    map: Path,
    mapSpan: Span,
    known: ReadonlyMap<string | number, Spot>,
  ): string | undefined {
    const span = spanOf(key, mapSpan)
    if (!isScalar(key)) return this.#refuse(span, 'A key is no text.', 'Write a name before the colon.')
    const name = typeof key.value === 'string' ? key.value : (key.source ?? '')
    if (name === '<<')
      return this.#refuse(span, 'Merge keys (`<<`) are not supported.', 'Write the keys out.')
    if (name === '__proto__') {
      const message = '`__proto__` cannot be a name.'
      this.#report({
        code: 'E112',
        path: [...map, name],
        at: { file: span },
        message,
        mend: 'Take another name.',
      })
      return undefined
    }
    const first = known.get(name)?.key
    if (!first) return name
    const message = `${shownName(name)} stands here again, after line ${this.#options.lineOf(first.start)}.`
    this.#report({
      code: 'E102',
      path: [...map, name],
      at: { file: span },
      message,
      mend: 'Keep one of the two.',
    })
    return undefined
  }

  #alias(name: string, path: Path, span: Span): YamlValue {
    const nothing: YamlValue = { value: null, spot: { value: span, inner: new Map() } }
    const node = this.#anchors.get(name)
    if (!node) {
      this.#refuse(
        span,
        `There is no anchor ${shown(`&${name}`)} before this alias.`,
        'Quote the text if it is no alias.',
      )
      return nothing
    }
    if (this.#open.has(node)) {
      this.#limit(span, 'The alias contains itself.', 'Write the value out.')
      return nothing
    }
    const within = this.#outermostAlias
    this.#outermostAlias = within ?? span
    const { value, spot } = this.#read(node, path, span)
    this.#outermostAlias = within
    return { value, spot: { value: span, inner: spot.inner } }
  }

  #exhausted(path: Path, span: Span): boolean {
    if (path.length > MAX_DEPTH) {
      this.#limit(span, `The file is nested more than ${MAX_DEPTH} levels deep.`, 'Flatten it.')
      return true
    }
    if (this.#outermostAlias) this.#aliasedNodes++
    if (this.#aliasedNodes <= MAX_ALIASED_NODES) return false
    this.#limit(span, `The aliases stand for more than ${MAX_ALIASED_NODES} values.`, 'Write the values out.')
    return true
  }

  /** A limit is reported once: behind it nothing is read. */
  #limit(file: Span, message: string, mend: string): void {
    if (this.problems.some(problem => problem.code === 'E103')) return
    this.problems.push({ code: 'E103', path: [], at: { file: this.#outermostAlias ?? file }, message, mend })
  }

  /** What an alias stands for was read, and reported, where its anchor is. */
  #report(problem: Problem): void {
    if (!this.#outermostAlias) this.problems.push(problem)
  }

  #foreignTag(tag: string, span: Span): void {
    this.#refuse(span, `The tag ${shown(tag)} is not supported.`, 'Leave it out, or quote the text.')
  }

  #refuse(span: Span, message: string, mend: string): undefined {
    this.#report(syntaxProblem(span, message, mend))
  }
}

function spanOf(node: unknown, otherwise: Span): Span {
  const range = isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? node.range : undefined
  return range ? { start: range[0], end: Math.max(range[1], range[0]) } : otherwise
}
