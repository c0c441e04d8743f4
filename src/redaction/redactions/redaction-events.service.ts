import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { toAppError } from '../../platform/errors/to-app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { Followers } from '../../platform/http/server-sent-events.js';
import { pause } from '../../platform/leader/pause.js';
import { isFinal, type Job } from '../../platform/queue/job.js';
import { JobsRepository } from '../../platform/queue/jobs.repository.js';
import type { DocumentProgress, Redaction } from './redaction.js';
import { RedactionDocumentsRepository } from './redaction-documents.repository.js';
import { type DocumentNews, RedactionStory } from './redaction-story.js';
import { RedactionsRepository } from './redactions.repository.js';
import { RedactionsService } from './redactions.service.js';

/** What a follower of a redaction hears. */
export type RedactionNews =
  | { readonly name: 'begun'; readonly total: number }
  | DocumentNews
  | { readonly name: 'ended'; readonly job: Job }
  /** It was deleted with its project. */
  | { readonly name: 'gone' }
  /** Nothing new for a while. */
  | { readonly name: 'silence' };

const POLL_MS = 500;
const HEARTBEAT_MS = 15_000;

/** A redaction at one moment; undefined when it is no longer there. */
type Moment = { readonly job: Job; readonly documents: readonly DocumentProgress[] } | undefined;

/** Redactions, followed document by document until they end. */
@Injectable()
export class RedactionEventsService implements BeforeApplicationShutdown {
  private readonly followers = new Followers();

  constructor(
    private readonly service: RedactionsService,
    private readonly redactions: RedactionsRepository,
    private readonly documents: RedactionDocumentsRepository,
    private readonly jobs: JobsRepository,
    private readonly dataSource: DataSource,
  ) {}

  /** Streams keep the HTTP server open: they end first. */
  beforeApplicationShutdown(): void {
    this.followers.sendAway();
  }

  /**
   * Tells all that has happened to the documents so far, then whatever happens, and last how the redaction ended.
   * @param gone aborts when nobody listens any more
   * @throws AppError NOT_FOUND
   */
  async follow(
    caller: Caller,
    projectId: string,
    id: string,
    gone: AbortSignal,
  ): Promise<AsyncGenerator<RedactionNews>> {
    const { redaction } = await this.service.getRedaction(caller, projectId, id);
    return this.followers.follow(gone, (over) => this.tell(redaction, over));
  }

  private async *tell(redaction: Redaction, over: AbortSignal): AsyncGenerator<RedactionNews> {
    yield { name: 'begun', total: redaction.documents };
    const story = new RedactionStory(redaction.documents);
    for (let spokeAt = performance.now(); !over.aborted; await pause(POLL_MS, over)) {
      const moment = await this.look(redaction, story.since);
      if (moment === 'unknown') continue;
      if (!moment) return void (yield { name: 'gone' });
      for (const news of story.tell(moment.documents)) {
        yield news;
        spokeAt = performance.now();
      }
      if (isFinal(moment.job.status)) return void (yield { name: 'ended', job: moment.job });
      if (performance.now() - spokeAt < HEARTBEAT_MS) continue;
      yield { name: 'silence' };
      spokeAt = performance.now();
    }
  }

  /** The job is read first: what ended it is then among what is read of the documents. */
  private async look(redaction: Redaction, since: Date | undefined): Promise<Moment | 'unknown'> {
    const { organizationId, projectId, id, jobId } = redaction;
    const db = this.dataSource.manager;
    try {
      if (!(await this.redactions.find(organizationId, projectId, id, db))) return undefined;
      const job = await this.jobs.get(organizationId, jobId, db);
      const ref = { organizationId, redactionId: id };
      return { job, documents: await this.documents.listNews(ref, since, db) };
    } catch (error) {
      if (toAppError(error).row.status === 503) return 'unknown';
      throw error;
    }
  }
}
