import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { OpenError, openStream } from '../crypto/index.js';
import { describeError } from '../platform/errors/describe-error.js';
import { ObjectStore } from '../platform/storage/object-store.js';
import { ObjectMissing } from '../platform/storage/storage.errors.js';
import { LOGGER } from '../platform/telemetry/logger.js';
import type { StoredFile } from './document.js';
import { bytesPlaceOf } from './file-place.js';
import { filesError } from './files.errors.js';
import { verifiedStream } from './verified-stream.js';

/** Where the bytes of a file are, and where they belong. */
type Stored = Pick<StoredFile, 'id' | 'organizationId' | 'version' | 'objectKey'>;

/** Opens the bytes of files. */
@Injectable()
export class FileBytes {
  constructor(
    private readonly store: ObjectStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * The plaintext, of which every byte was verified; the first piece is there already.
   * @param fileKey may throw an OpenError
   * @throws AppError FILE_UNREADABLE, STORAGE_UNAVAILABLE
   */
  async open(file: Stored, fileKey: () => Promise<Buffer>): Promise<Readable> {
    try {
      const key = await fileKey();
      const source = await this.store.get(file.objectKey);
      return await verifiedStream(source, openStream(key, bytesPlaceOf(file)));
    } catch (error) {
      if (!(error instanceof OpenError || error instanceof ObjectMissing)) throw error;
      this.logFault(file, error);
      throw filesError('FILE_UNREADABLE', { cause: error });
    }
  }

  logFault({ id: fileId }: Pick<Stored, 'id'>, error: unknown): void {
    this.logger.error({ message: 'a stored file cannot be read', fileId, err: describeError(error) });
  }
}
