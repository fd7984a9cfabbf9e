import type { JobNews } from '../core/event/job-news.ts'
import { blockedWrite } from '../core/stuck/queue-record.ts'
import { recordChange } from './record-change.ts'
import type { Stopper } from './service.ts'

/** Records what Batch tells: of a job that moved on, or of one that blocks its queue. Idempotent. */
export async function recordNews(service: Stopper, news: JobNews): Promise<void> {
  switch (news.type) {
    case 'changed':
      return recordChange(service, news.change)
    case 'blocked': {
      const { queue, jobId } = news.blocked
      await service.store.write(blockedWrite(queue, jobId, service.clock.now()))
      return service.log.record('queue-blocked', { queue, jobId })
    }
  }
}
