import { type Profiler, Session } from 'node:inspector/promises'

/** What the thread did, and how much of it: milliseconds by kind of work. */
export type TimeSpent = ReadonlyMap<string, number>

/** From `performance.now()` to `performance.now()`. */
interface Span {
  readonly startedAt: number
  readonly endedAt: number
}

const KINDS: readonly (readonly [kind: string, code: RegExp])[] = [
  ['store', /node_modules\/(dynalite|classic-level|abstract-level|level-supports|memory-level|lazy)\//],
  ['AWS SDK', /node_modules\/(@smithy|@aws-sdk|@aws)\//],
  ['starting processes', /^node:(internal\/)?child_process/],
  ['other packages', /node_modules\//],
  ['own code', /\/(src|functions)\//],
  ['bench', /\/bench\//],
  ['HTTP', /^node:(_http|http|net|internal\/(stream_base_commons|http|streams))/],
]

/** Profiles the work, and says what the thread did in the spans that it returns. */
export async function timeSpent(work: () => Promise<readonly Span[]>): Promise<TimeSpent> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: 250 })
  await session.post('Profiler.start')
  const spans = await work()
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  return sumUp(profile, spans)
}

function sumUp(profile: Profiler.Profile, spans: readonly Span[]): TimeSpent {
  const kinds = kindsOf(profile)
  // Both clocks count from the same moment, the start of the machine; `performance` subtracts that of the process.
  const origin = Number(process.hrtime.bigint() / 1000n) - performance.now() * 1000
  const sums = new Map<string, number>()
  let at = profile.startTime - origin
  for (const [place, node] of (profile.samples ?? []).entries()) {
    const delta = profile.timeDeltas?.[place] ?? 0
    at += delta
    if (!spans.some(({ startedAt, endedAt }) => at >= startedAt * 1000 && at < endedAt * 1000)) continue
    const kind = kinds.get(node) ?? 'node'
    sums.set(kind, (sums.get(kind) ?? 0) + delta / 1000)
  }
  return new Map([...sums].sort(([, a], [, b]) => b - a))
}

/** The kind of each place in the profile: its own, or that of whom it works for. */
function kindsOf({ nodes }: Profiler.Profile): ReadonlyMap<number, string> {
  const kinds = new Map<number, string>()
  const parents = new Map(
    nodes.flatMap(node => (node.children ?? []).map(child => [child, node.id] as const)),
  )
  for (const { id, callFrame } of nodes) {
    const parent = parents.get(id)
    const inherited = parent === undefined ? 'node' : (kinds.get(parent) ?? 'node')
    kinds.set(id, kindOf(callFrame) ?? inherited)
  }
  return kinds
}

function kindOf({ url, functionName }: { readonly url: string; readonly functionName: string }) {
  if (functionName === '(idle)') return 'waiting'
  if (functionName === '(garbage collector)') return 'garbage collection'
  return KINDS.find(([, code]) => code.test(url))?.[0]
}
