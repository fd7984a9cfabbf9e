import { writeSync } from 'node:fs'
import { openQueues } from './local-sqs.ts'

// Sends, receives and deletes until it is killed. It says what it is about to do, and what is done and on disk.
const [folder = ''] = process.argv.slice(2)
const { queues, journal } = openQueues(folder)
queues.create({ name: 'jobs', visibilityTimeout: 0 })

const say = (word: string, body: string) => writeSync(1, `${word} ${body}\n`)

for (let round = 0; ; round++) {
  for (const body of [`${round}a`, `${round}b`, `${round}c`]) {
    queues.send('jobs', body)
    journal.flush()
    say('sent', body)
  }
  for (const { body, receiptHandle } of queues.receive('jobs', 2)) {
    say('deleting', body)
    queues.delete('jobs', receiptHandle)
    journal.flush()
    say('deleted', body)
  }
}
