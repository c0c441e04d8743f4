import { serverSentComment, serverSentEvent } from '../../platform/http/server-sent-events.js';
import type { JobNews } from '../job-events.service.js';
import { presentProgress } from './job.presenter.js';

function write(news: JobNews): string {
  if (news === 'silence') return serverSentComment('nothing new');
  if (news === 'shutdown') return serverSentEvent('shutdown', {});
  const { name, job } = news;
  return serverSentEvent(name === 'ended' ? job.status : name, {
    status: job.status,
    ...presentProgress(job),
  });
}

/** A job's news as server-sent events. */
export async function* eventStream(news: AsyncGenerator<JobNews>): AsyncGenerator<string> {
  for await (const item of news) yield write(item);
}
