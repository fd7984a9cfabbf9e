import { expect, it } from 'vitest'
import { decide } from '../../src/core/run/decide.ts'
import { all, jobKey, runKey } from '../../src/core/run/item-write.ts'
import { submitWave } from '../../src/service/submit-wave.ts'
import { given, NOW, type RecordInShort, recordOf, TIMES } from '../core/run/given.ts'
import { memoryService } from './memory-service.ts'

/** A pass that has read that `a` is in Batch submits `b` behind it; meanwhile somebody else recorded this of `a`. */
async function submitBehind(meanwhile: RecordInShort) {
  const snapshot = given({ a: {}, b: 'a' }, { a: 'SUBMITTED' })
  const { service } = memoryService([snapshot.definition])
  const put = (key: ReturnType<typeof runKey>, item: object) =>
    service.store.write({
      key,
      mode: 'replace',
      set: { ...item },
      condition: all(),
    })
  const { runId } = snapshot.run
  await put(runKey(runId), snapshot.run)
  await put(jobKey(runId, 'a'), recordOf('a', meanwhile))
  const submits = decide(snapshot, TIMES, NOW).filter(command => command.type === 'submit')
  expect(submits).toMatchObject([{ job: 'b', native: [{ job: 'a' }] }])
  const { stale } = await submitWave(service, snapshot, submits)
  return { stale, state: (await service.store.readJob(runId, 'b'))?.state }
}

it.each<[string, RecordInShort, object]>([
  ['stands', 'SUBMITTED', { stale: false, state: 'SUBMITTED' }],
  // Whoever reads the run now may end it.
  ['has failed since', 'FAILED', { stale: true, state: 'WAITING' }],
  ['waits again', { state: 'WAITING', submission: 2 }, { stale: true, state: 'WAITING' }],
])('submits a job behind another one only while that one %s', async (_title, meanwhile, expected) => {
  expect(await submitBehind(meanwhile)).toEqual(expected)
})
