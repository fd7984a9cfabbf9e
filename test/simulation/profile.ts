const SECOND = 1000
const MINUTE = 60_000

/** How bad the world is. Probabilities are per call, event, message or job; times in milliseconds. */
export interface Profile {
  /** One way of a call takes up to so long. */
  readonly latency: number
  /** Some calls take longer, up to `slowFor`. */
  readonly slow: number
  readonly slowFor: number
  /** The function dies before the call is sent, or right after it was carried out. */
  readonly crash: number
  /** The call is carried out, its answer is lost. */
  readonly lost: number
  /** The call fails, and was not carried out. */
  readonly failed: number
  /** The SDK repeats a call whose first answer was lost. */
  readonly repeated: number
  /** The function is frozen before a call or after it, and goes on with its old state. */
  readonly pause: number
  readonly pauseFor: number
  /** SubmitJob times out and is carried out up to so long after it was sent. */
  readonly lateSubmit: number
  readonly lateFor: number
  /** SubmitJob answers 429 though the quota is not reached: others use it too. */
  readonly throttle: number
  /** Up to so long a new job is missing from ListJobs, DescribeJobs is behind, the index of due runs is behind. */
  readonly listLag: number
  readonly describeLag: number
  readonly indexLag: number
  /** Each function's clock is wrong by up to so much, either way. */
  readonly skew: number
  readonly event: {
    readonly drop: number
    readonly double: number
    /** Up to so late, each by itself: so events overtake each other. */
    readonly delay: number
    /** Events of an array's children that the rule lets through. */
    readonly children: number
    /** All events of a time are lost, or come when it ends. */
    readonly outage: number
    readonly outageFor: number
  }
  /** A message that was worked off is delivered again. */
  readonly redelivery: number
  /** Batch forgets a live job altogether. */
  readonly vanish: number
  /** Batch forgets a job so long after its end. */
  readonly forgetAfter: number
  /** A minute without a sweep. */
  readonly sweepSkip: number
  readonly users: { readonly cancel: number; readonly retry: number; readonly together: number }
  /** Jobs that fail; jobs whose definition does not exist; requests that are refused for good, though not the next time. */
  readonly jobFails: number
  readonly invalid: number
  readonly refuse: number
  /** Jobs of the biggest workflow. */
  readonly jobs: number
  /** No fault happens later than so long after the start: whatever is left must come to rest by itself. */
  readonly healAfter: number
  readonly functionTimeout: number
  /** Bounds that the protocol asks for are broken on purpose: duplicates may be made, and must be stopped. */
  readonly beyondBounds: boolean
  /** Every job begins with `batchwise-claim`. @default false */
  readonly isFenced?: boolean
}

const CALM: Profile = {
  latency: 20,
  slow: 0,
  slowFor: 0,
  crash: 0,
  lost: 0,
  failed: 0,
  repeated: 0,
  pause: 0,
  pauseFor: 0,
  lateSubmit: 0,
  lateFor: 0,
  throttle: 0,
  listLag: 0,
  describeLag: 0,
  indexLag: 0,
  skew: 0,
  event: { drop: 0, double: 0, delay: SECOND, children: 0.1, outage: 0, outageFor: 0 },
  redelivery: 0,
  vanish: 0,
  forgetAfter: 24 * 60 * MINUTE,
  sweepSkip: 0,
  users: { cancel: 0.1, retry: 0.3, together: 0.3 },
  jobFails: 0.08,
  invalid: 0.01,
  refuse: 0,
  jobs: 30,
  healAfter: 10 * MINUTE,
  functionTimeout: 30 * SECOND,
  beyondBounds: false,
}

const BASE: Profile = {
  ...CALM,
  slow: 0.01,
  slowFor: 3 * SECOND,
  crash: 0.002,
  lost: 0.002,
  failed: 0.002,
  repeated: 0.002,
  pause: 0.001,
  pauseFor: 20 * SECOND,
  lateSubmit: 0.005,
  lateFor: 20 * SECOND,
  throttle: 0.01,
  listLag: 5 * SECOND,
  describeLag: 2 * SECOND,
  indexLag: SECOND,
  skew: 500,
  event: { drop: 0.01, double: 0.05, delay: 3 * SECOND, children: 0.1, outage: 0.02, outageFor: 5 * MINUTE },
  redelivery: 0.01,
  vanish: 0.001,
  refuse: 0.002,
  sweepSkip: 0.01,
}

const HARSH: Profile = {
  ...BASE,
  slow: 0.03,
  slowFor: 6 * SECOND,
  crash: 0.02,
  lost: 0.02,
  failed: 0.02,
  repeated: 0.02,
  pause: 0.005,
  pauseFor: MINUTE,
  lateSubmit: 0.05,
  lateFor: 50 * SECOND,
  throttle: 0.05,
  listLag: 30 * SECOND,
  describeLag: 20 * SECOND,
  indexLag: 10 * SECOND,
  skew: 5 * SECOND,
  event: { drop: 0.2, double: 0.2, delay: 30 * SECOND, children: 0.2, outage: 0.1, outageFor: 60 * MINUTE },
  redelivery: 0.05,
  vanish: 0.005,
  refuse: 0.01,
  sweepSkip: 0.05,
  healAfter: 20 * MINUTE,
}

const PROFILES = {
  calm: CALM,
  base: BASE,
  /** Nothing breaks, but everything meets everything. */
  race: {
    ...CALM,
    latency: 300,
    slow: 0.1,
    slowFor: 12 * SECOND,
    indexLag: 5 * SECOND,
    listLag: 5 * SECOND,
    skew: SECOND,
    event: { ...CALM.event, double: 0.5, delay: 10 * SECOND, children: 0.5 },
    redelivery: 0.2,
    users: { cancel: 0.3, retry: 0.8, together: 0.8 },
    jobFails: 0.15,
  },
  harsh: HARSH,
  zombie: {
    ...BASE,
    pause: 0.03,
    pauseFor: 5 * MINUTE,
    event: { ...BASE.event, drop: 0.1, double: 0.2, delay: 10 * SECOND },
    redelivery: 0.05,
    users: { cancel: 0.2, retry: 0.5, together: 0.5 },
  },
  brutal: {
    ...HARSH,
    crash: 0.04,
    lost: 0.05,
    failed: 0.05,
    repeated: 0.05,
    pause: 0.03,
    pauseFor: 5 * MINUTE,
    lateSubmit: 0.1,
    throttle: 0.15,
    event: { ...HARSH.event, drop: 0.4, double: 0.4, outage: 0.3 },
    redelivery: 0.1,
    vanish: 0.02,
    sweepSkip: 0.2,
    users: { cancel: 0.2, retry: 0.6, together: 0.5 },
    jobFails: 0.15,
  },
  /** Small runs in which every third pass breaks off: whatever is covered twice loses both covers. */
  storm: {
    ...HARSH,
    crash: 0.1,
    pause: 0.06,
    pauseFor: 5 * MINUTE,
    refuse: 0.03,
    vanish: 0,
    event: { ...HARSH.event, drop: 0.3, delay: 60 * SECOND },
    users: { cancel: 0.2, retry: 0.9, together: 0.5 },
    jobFails: 0.3,
    jobs: 5,
    healAfter: 40 * MINUTE,
  },
  /** Beyond the bounds: Batch carries submissions out, and shows them, after everybody has stopped waiting for them. */
  late: {
    ...BASE,
    pause: 0.02,
    pauseFor: 5 * MINUTE,
    lateSubmit: 0.3,
    lateFor: 45 * MINUTE,
    listLag: 10 * MINUTE,
    event: { ...BASE.event, drop: 0, outage: 0 },
    users: { cancel: 0.2, retry: 0.5, together: 0.3 },
    vanish: 0,
    jobs: 12,
    healAfter: 40 * MINUTE,
    beyondBounds: true,
  },
  /** Half of all passes break off: most messages end in the dead letters, and only the sweep is left. */
  crashy: { ...HARSH, crash: 0.3, vanish: 0, refuse: 0, jobs: 3, healAfter: 40 * MINUTE },
  /** Small runs that fail, in functions that run out of time. */
  slow: {
    ...CALM,
    latency: 300,
    slow: 0.4,
    slowFor: 12 * SECOND,
    users: { cancel: 0, retry: 0.5, together: 0.5 },
    jobFails: 0.5,
    jobs: 3,
  },
  /** Zombies that Batch refuses most of what they ask for. */
  gruff: {
    ...BASE,
    pause: 0.05,
    pauseFor: 5 * MINUTE,
    refuse: 0.1,
    throttle: 0.3,
    users: { cancel: 0.2, retry: 0.7, together: 0.5 },
    jobs: 10,
  },
  /** Beyond the bounds, where much fails and much is cancelled: what comes late finds records that are over. */
  sour: {
    ...BASE,
    lateSubmit: 0.3,
    lateFor: 20 * MINUTE,
    listLag: 10 * MINUTE,
    event: { ...BASE.event, drop: 0, outage: 0 },
    users: { cancel: 0.5, retry: 0.6, together: 0.3 },
    vanish: 0,
    jobFails: 0.4,
    jobs: 10,
    healAfter: 40 * MINUTE,
    beyondBounds: true,
  },
  /** Beyond the bounds, and most events are lost: what came late is found only by looking for it. */
  deaf: {
    ...BASE,
    pause: 0.02,
    pauseFor: 5 * MINUTE,
    lateSubmit: 0.3,
    lateFor: 20 * MINUTE,
    listLag: 4 * MINUTE,
    event: { ...BASE.event, drop: 0.7, outage: 0 },
    users: { cancel: 0.2, retry: 0.5, together: 0.3 },
    vanish: 0,
    jobs: 8,
    healAfter: 40 * MINUTE,
    beyondBounds: true,
  },
} satisfies Readonly<Record<string, Profile>>

export type ProfileName = keyof typeof PROFILES

/** The profiles of the protocol, in which no bound is broken. */
export const PROFILE_NAMES = ['calm', 'base', 'race', 'harsh', 'zombie', 'brutal'] as const

export function profileNamed(name: ProfileName): Profile {
  return PROFILES[name]
}

export function isProfileName(name: string): name is ProfileName {
  return Object.hasOwn(PROFILES, name)
}

/** No call fails or dies: what people are told is told once. */
export function isReliable({ crash, lost, failed, repeated, pause }: Profile): boolean {
  return crash + lost + failed + repeated + pause === 0
}

/** Nothing is late either: no event is lost, no call is slow. */
export function isFaultless(profile: Profile): boolean {
  const { slow, throttle, lateSubmit, vanish, refuse, event } = profile
  return (
    isReliable(profile) && slow + throttle + lateSubmit + vanish + refuse + event.drop + event.outage === 0
  )
}
