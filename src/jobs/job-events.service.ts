import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { toAppError } from '../platform/errors/to-app-error.js';
import type { Caller } from '../platform/http/request-context.js';
import { Followers } from '../platform/http/server-sent-events.js';
import { pause } from '../platform/leader/pause.js';
import { isFinal, type Job } from '../platform/queue/job.js';
import { JobsService } from './jobs.service.js';

/** What a follower of a job hears: news, that nothing changed, or that the server stops. */
export type JobNews = { readonly name: 'progress' | 'ended'; readonly job: Job } | 'silence' | 'shutdown';

const POLL_MS = 500;
const HEARTBEAT_MS = 15_000;

/** Jobs, followed until they end. */
@Injectable()
export class JobEventsService implements BeforeApplicationShutdown {
  private readonly followers = new Followers();

  constructor(private readonly jobs: JobsService) {}

  /** Streams keep the HTTP server open: they end first. */
  beforeApplicationShutdown(): void {
    this.followers.sendAway();
  }

  /**
   * Tells how the job stands, then whenever something changes, and last that it has ended. Every 15 s without news it
   * says so, which keeps proxies from cutting the connection.
   * @param gone aborts when nobody listens any more
   * @throws AppError NOT_FOUND
   */
  async follow(caller: Caller, id: string, gone: AbortSignal): Promise<AsyncGenerator<JobNews>> {
    return this.news(caller, await this.jobs.getJob(caller, id), gone);
  }

  private async *news(caller: Caller, first: Job, gone: AbortSignal): AsyncGenerator<JobNews> {
    yield* this.followers.follow(gone, (over) => this.untilEnd(caller, first, over));
    if (this.followers.isStopping) yield 'shutdown';
  }

  private async *untilEnd(caller: Caller, first: Job, over: AbortSignal): AsyncGenerator<JobNews> {
    let told = '';
    let spokeAt = performance.now();
    for (let job = first; !over.aborted; job = await this.next(caller, job, over)) {
      if (isFinal(job.status)) return void (yield { name: 'ended', job });
      const state = stateOf(job);
      const silent = performance.now() - spokeAt >= HEARTBEAT_MS;
      if (state === told && !silent) continue;
      yield state === told ? 'silence' : { name: 'progress', job };
      [told, spokeAt] = [state, performance.now()];
    }
  }

  /** The job a moment later; as it was, when the database cannot tell. @throws AppError NOT_FOUND */
  private async next(caller: Caller, job: Job, over: AbortSignal): Promise<Job> {
    await pause(POLL_MS, over);
    if (over.aborted) return job;
    return this.jobs.getJob(caller, job.id).catch((error: unknown) => {
      if (toAppError(error).row.status === 503) return job;
      throw error;
    });
  }
}

const stateOf = ({ status, itemsCompleted, itemsFailed }: Job): string =>
  `${status} ${itemsCompleted} ${itemsFailed}`;
