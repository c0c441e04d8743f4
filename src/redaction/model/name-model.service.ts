import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.module.js';
import { Places } from '../../platform/cooperation/places.js';
import { LOGGER } from '../../platform/telemetry/logger.js';
import type { JudgedSpan } from '../engine/model/judge.js';
import { ModelFault } from '../engine/model/model-fault.js';
import { redactionError } from '../redaction.errors.js';
import type { Stoppable } from '../time-limit.js';
import { ModelProcess, ModelProcessEnded } from './model-process.js';

/** Absolute path of the program with a model in it. */
export const MODEL_PROGRAM = Symbol('model program');

/** Longest time for loading a model and trying it out, in milliseconds. */
const LOADING_MS = 120_000;

/** Code units of the sentences of one request: whoever has many lets others in between. */
const MOST_AT_ONCE = 4_096;

/** The model of accurate mode, if there is one, in a process of its own that serves one request after another. */
@Injectable()
export class NameModel implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly places = new Places(1);
  private process: Promise<ModelProcess> | undefined;
  /** Why it cannot be used; said until the next start. */
  private problem: string | undefined;

  constructor(
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'REDOUBT_NER_MODEL' | 'REDOUBT_NER_SECONDS'>,
    @Inject(MODEL_PROGRAM) private readonly program: string,
    @Inject(LOGGER) private readonly logger: Pick<Logger, 'info' | 'error'>,
  ) {}

  /** Begins to load, so that the first request need not wait; nothing waits for the end of it. */
  onApplicationBootstrap(): void {
    if (this.settings.REDOUBT_NER_MODEL) void this.loaded().catch(() => {});
  }

  onApplicationShutdown(): void {
    void this.process?.then((process) => process.kill()).catch(() => {});
    this.process = undefined;
  }

  /** Waits until the model can be asked. @throws AppError MODEL_UNAVAILABLE when there is none, or none that works */
  async check(): Promise<void> {
    await this.loaded();
  }

  /**
   * What stands in each of the sentences.
   * @throws AppError MODEL_UNAVAILABLE, MODEL_FAILED; the signal's reason
   */
  async spansOf(
    sentences: readonly string[],
    { signal }: Stoppable,
  ): Promise<readonly (readonly JudgedSpan[])[]> {
    const spans: (readonly JudgedSpan[])[] = [];
    for (const group of groupsOf(sentences)) {
      const leave = await this.places.enter(signal());
      spans.push(...(await unlessAborted(this.ask(group).finally(leave), signal())));
    }
    return spans;
  }

  private async ask(sentences: readonly string[]) {
    const process = await this.loaded();
    try {
      return await process.ask({ sentences }, this.settings.REDOUBT_NER_SECONDS * 1000);
    } catch (error) {
      const isFault = error instanceof ModelFault;
      this.logger.error(
        { problem: isFault ? error.message : 'its process has ended' },
        'the model has failed',
      );
      throw redactionError('MODEL_FAILED');
    }
  }

  private async loaded(): Promise<ModelProcess> {
    const { REDOUBT_NER_MODEL: folder } = this.settings;
    if (!folder) throw redactionError('MODEL_UNAVAILABLE');
    if (this.problem !== undefined) throw broken(this.problem);
    this.process ??= this.load(folder);
    const known = this.process;
    const process = await known;
    if (process.isAlive) return process;
    // Of all who find it dead, the first begins another.
    if (this.process === known) this.process = this.load(folder);
    return this.process;
  }

  private async load(folder: string): Promise<ModelProcess> {
    const process = new ModelProcess(this.program, folder);
    try {
      await process.ready(LOADING_MS);
      this.logger.info('the model of accurate mode is ready');
      return process;
    } catch (error) {
      process.kill();
      if (!(error instanceof ModelFault || error instanceof ModelProcessEnded)) throw error;
      this.problem = error instanceof ModelFault ? error.message : 'Its process ended while it was loaded.';
      this.logger.error({ problem: this.problem }, 'the model of accurate mode cannot be used');
      throw broken(this.problem);
    }
  }
}

const broken = (problem: string) =>
  redactionError('MODEL_UNAVAILABLE', {
    message: `Accurate mode is not available: the model of REDOUBT_NER_MODEL cannot be used. ${problem} Repair that and start again, or use mode 'fast'.`,
    details: { field: 'mode', constraint: 'available' },
  });

/** What a request goes on with once it is aborted matters to nobody: the model finishes it by itself. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

function* groupsOf(sentences: readonly string[]): Generator<string[]> {
  let group: string[] = [];
  let size = 0;
  for (const sentence of sentences) {
    if (group.length > 0 && size + sentence.length > MOST_AT_ONCE) {
      yield group;
      [group, size] = [[], 0];
    }
    group.push(sentence);
    size += sentence.length;
  }
  if (group.length > 0) yield group;
}
