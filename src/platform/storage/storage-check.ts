import type { OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { describeError } from '../errors/describe-error.js';
import { StartError } from '../errors/start-error.js';
import type { ObjectStore } from './object-store.js';

/**
 * Looks at the storage of files when a process starts. Settings that cannot work stop the start; a storage that does
 * not answer right now is only warned of, since most of Redoubt works without it.
 */
export class StorageCheck implements OnApplicationBootstrap {
  constructor(
    private readonly store: ObjectStore,
    private readonly logger: Logger,
  ) {}

  /** @throws StartError */
  async onApplicationBootstrap(): Promise<void> {
    try {
      await this.store.check();
    } catch (error) {
      if (error instanceof StartError) throw error;
      const message = 'the storage of files cannot be used; uploads and downloads fail until it can';
      this.logger.warn({ message, err: describeError(error) });
    }
  }
}
