import { appendFile, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { watchInbox } from '../../../src/local/inbox/inbox.ts'
import { exportResults } from '../../../src/local/inbox/results.ts'
import { type LocalS3, startS3 } from '../s3/local-s3.ts'

let folder: string
let s3: LocalS3
let stop: () => Promise<void>
const uploads: string[] = []
const problems: string[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwise-inbox-'))
  s3 = await startS3()
  s3.s3.createBucket('inbox')
  uploads.length = 0
  problems.length = 0
  stop = watchInbox({
    folder: join(folder, 'inbox'),
    bucket: 'inbox',
    client: s3.client,
    onUpload: key => uploads.push(key),
    onProblem: (path, problem) => problems.push(`${path}: ${problem}`),
  })
})
afterEach(async () => {
  await stop()
  await s3.stop()
  await rm(folder, { recursive: true, force: true })
})

const inbox = (...path: readonly string[]) => join(folder, 'inbox', ...path)
const uploaded = (key: string) => expect.poll(() => uploads, { timeout: 10_000 }).toContain(key)

describe('the inbox', () => {
  it('goes on when it is taken away and made again', async () => {
    await mkdir(inbox('a', 'b'), { recursive: true })
    await rename(inbox(), join(folder, 'elsewhere'))
    await mkdir(inbox('later'), { recursive: true })
    await writeFile(inbox('later', 'x.txt'), 'x')
    await uploaded('later/x.txt')
    expect(problems).toEqual([])
  })

  it('goes on while folders in it come and go', async () => {
    for (let round = 0; round < 20; round++) {
      await mkdir(inbox('d', String(round), 'a', 'b'), { recursive: true })
      await rm(inbox('d'), { recursive: true })
    }
    await writeFile(inbox('x.txt'), 'x')
    await uploaded('x.txt')
    expect(problems).toEqual([])
  })

  it('takes names as they are, a backslash too, and says which it cannot take', async () => {
    await writeFile(inbox('back\\slash.txt'), 'x')
    await writeFile(Buffer.concat([Buffer.from(inbox('bad')), Buffer.from([0xff])]), 'x')
    await symlink('/etc/hostname', inbox('link'))
    await uploaded('back\\slash.txt')
    expect(uploads).toEqual(['back\\slash.txt'])
    await expect.poll(() => problems).toHaveLength(1)
    expect(problems[0]).toContain('its name is not UTF-8')
  })

  it('leaves a file alone that grows, however long other uploads take', async () => {
    await writeFile(inbox('grows.txt'), '')
    const growing = setInterval(() => void appendFile(inbox('grows.txt'), 'x'), 100)
    for (const name of ['one', 'two', 'three']) {
      await writeFile(inbox(name), Buffer.alloc(20_000_000))
      await uploaded(name)
    }
    expect(uploads).not.toContain('grows.txt')
    clearInterval(growing)
    await uploaded('grows.txt')
  })
})

describe('results', () => {
  it('are caught up with after a time in which nobody copied', async () => {
    await s3.client.send(new PutObjectCommand({ Bucket: 'inbox', Key: 'w/run/report.txt', Body: 'old' }))
    const results = exportResults({
      folder: join(folder, 'results'),
      bucket: 'inbox',
      client: s3.client,
      onProblem: path => problems.push(path),
    })
    results.catchUp()
    await results.idle()
    expect(await readFile(join(folder, 'results', 'w', 'run', 'report.txt'), 'utf8')).toBe('old')
    expect(problems).toEqual([])
  })
})
