import { availableParallelism } from 'node:os';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Places } from '../../platform/cooperation/places.js';
import type { Analysis } from '../engine/analysis.js';
import type { JsonValue } from '../engine/structure/json-event.js';
import { redactionError } from '../redaction.errors.js';
import type { Stoppable } from '../time-limit.js';
import type { VaultMatcher } from '../vault-matcher.js';
import { errorOf } from './perform-search.js';
import type { SearchJob } from './search-job.js';
import { SearchThread, SearchThreadEnded } from './search-thread.js';

/** Absolute path of the program of a searching thread. */
export const SEARCH_PROGRAM = Symbol('search program');

/** Shorter texts, in code units, are searched sooner than they are handed over. */
const LEAST_LENGTH = 256 * 1024;

/** Searches large texts in threads of their own, one for each processor, begun when they are wanted first. */
@Injectable()
export class SearchThreads implements OnApplicationShutdown {
  private readonly places = new Places(Math.max(1, availableParallelism()));
  private readonly idle: SearchThread[] = [];

  constructor(@Inject(SEARCH_PROGRAM) private readonly program: string) {}

  /** Whether it is worth the way: a value that is no text would have to be copied piece by piece. */
  takes(data: JsonValue): data is string {
    return typeof data === 'string' && data.length >= LEAST_LENGTH;
  }

  /**
   * @param vault learns of near guesses
   * @throws the engine's refusals as a search here throws them; AppError SEARCH_FAILED; the signal's reason
   */
  async analyze(job: SearchJob, vault: VaultMatcher | undefined, { signal }: Stoppable): Promise<Analysis> {
    const leave = await this.places.enter(signal());
    try {
      const thread = this.take();
      const reply = await thread.search(job, signal).finally(() => this.idle.push(thread));
      if (reply.kind === 'refused') throw errorOf(reply.refused);
      if (reply.kind === 'fault') throw new Error(`a searching thread failed by a ${reply.name}`);
      for (const guess of reply.guesses) vault?.guesses.add(guess);
      return reply.analysis;
    } catch (error) {
      throw error instanceof SearchThreadEnded ? redactionError('SEARCH_FAILED') : error;
    } finally {
      leave();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.idle.splice(0).map((thread) => thread.end()));
  }

  /** One that lives; those that have ended are forgotten. */
  private take(): SearchThread {
    for (let thread = this.idle.pop(); thread; thread = this.idle.pop()) if (thread.isAlive) return thread;
    return new SearchThread(this.program);
  }
}
