import type { FastifyRequest } from 'fastify';
import type { JobNews } from '../job-events.service.js';
import { presentProgress } from './job.presenter.js';

/** A signal that aborts when the client has left, or has got everything. */
export function goneSignal({ response }: FastifyRequest): AbortSignal {
  const controller = new AbortController();
  if (!response || response.closed) controller.abort();
  else response.once('close', () => controller.abort());
  return controller.signal;
}

const event = (name: string, data: object): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

function write(news: JobNews): string {
  if (news === 'silence') return ': nothing new\n\n';
  if (news === 'shutdown') return event('shutdown', {});
  const { name, job } = news;
  return event(name === 'ended' ? job.status : name, { status: job.status, ...presentProgress(job) });
}

/** A job's news as server-sent events (WHATWG HTML, section 9.2). */
export async function* eventStream(news: AsyncGenerator<JobNews>): AsyncGenerator<string> {
  for await (const item of news) yield write(item);
}
