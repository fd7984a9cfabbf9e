import { type Mutant, mutant } from './mutant.ts'

const SLOT = 'src/core/run/slot.ts'
const TURN = 'src/service/take-turn.ts'
const DECIDE = 'src/core/run/decide.ts'
const NATIVE = 'src/core/run/native-dependency.ts'
const COLLECT = 'src/core/collect/collect-writes.ts'
const MEMBER = 'src/service/add-member.ts'
const CLOSE = 'src/service/close-set.ts'
const FIRE = 'src/service/start-from-schedule.ts'

/** Row slot; sets, schedules, followers, tolerance. */
export const houseMutants: readonly Mutant[] = [
  mutant(
    'a place is taken though the limit is full',
    SLOT,
    "any(present(path), fewer('holders', slot.limit))",
    'all()',
  ),
  mutant(
    'a turn whatever the status',
    SLOT,
    "condition: all(equals('status', 'QUEUED'), equals('epoch', run.epoch)),",
    "condition: equals('epoch', run.epoch),",
    { profiles: ['race', 'zombie', 'brutal'] },
  ),
  mutant(
    'a run begins without its turn',
    TURN,
    'slot === undefined || !(await holdsPlace(service, run, slot))',
    'slot === undefined',
  ),
  mutant(
    'no place is given back',
    DECIDE,
    "holdsSlot === epoch ? [{ type: 'freeSlot' }] : []",
    "holdsSlot === epoch + 9 ? [{ type: 'freeSlot' }] : []",
  ),
  mutant(
    'nobody clears places that are held in vain',
    TURN,
    'if (free <= 0 && !(await evicted(service, slot, holders))) return false',
    'if (free <= 0) return false',
    {
      profiles: ['zombie', 'brutal'],
    },
  ),
  mutant(
    'native edges onto an array that tolerates failures',
    NATIVE,
    'isEventOnly(parent) || mayGoOn(parent.job) || parent.part !== undefined',
    'isEventOnly(parent) || parent.part !== undefined',
  ),
  mutant(
    'a set takes members after it was closed',
    COLLECT,
    "const isOpen = all(equals('status', 'COLLECTING'), equals('collect.state', 'open'))",
    "const isOpen = present('runId')",
    {
      profiles: ['race', 'zombie', 'brutal'],
    },
  ),
  mutant(
    'a member is decided about twice',
    COLLECT,
    "condition: all(present('key'), any(absent('fate'), equals('fate', fate))),",
    "condition: present('key'),",
    {
      profiles: ['race', 'zombie', 'brutal'],
    },
  ),
  mutant(
    'the manifest lists who was decided to be late',
    CLOSE,
    'found.push(...some.filter((_member, index) => fates[index]))',
    'found.push(...some.filter((_member, index) => fates.length > index))',
    {
      profiles: ['race', 'zombie', 'brutal'],
    },
  ),
  mutant(
    'an object is not looked for in the sets before',
    MEMBER,
    'for (let earlier = 1; earlier < generation; earlier++) {',
    'for (let earlier = generation; earlier < generation; earlier++) {',
    {
      profiles: ['race', 'brutal'],
    },
  ),
  mutant(
    'a set is not closed by its time',
    'src/core/collect/collect-decision.ts',
    "if (collect.onDeadline === 'run') return 'close'",
    "if (collect.onDeadline === 'run') return 'wait'",
  ),
  mutant(
    'a firing is decided anew with each delivery',
    FIRE,
    "if (decided !== undefined && decided.outcome !== 'missed') return decided",
    '',
    {
      profiles: ['race', 'zombie', 'brutal'],
    },
  ),
  mutant(
    '`overlap: skip` passes over every firing',
    FIRE,
    "const skip = overlap === 'skip' && (await isGoingOn(store, record.lastRunId, runId))",
    "const skip = overlap !== 'allow'",
  ),
  mutant(
    'the end of a run is not announced',
    DECIDE,
    "(run.announced ?? 0) < run.epoch ? [{ type: 'announce' }] : []",
    "(run.announced ?? 0) > run.epoch ? [{ type: 'announce' }] : []",
  ),
  mutant(
    'one follower for all epochs',
    'src/core/run/run-identity.ts',
    "return ['after', identity.runId, String(identity.epoch)]",
    "return ['after', identity.runId]",
  ),
]
