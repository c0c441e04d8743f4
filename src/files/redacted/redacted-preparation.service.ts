import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { StoredDocument } from '../document.js';
import { DocumentNames } from '../document-names.service.js';
import { FileIntake, type TakenFile } from '../file-intake.service.js';
import { cleanFileName } from '../file-name.js';
import { FileRows } from '../file-rows.service.js';
import type { NewFileRow } from '../files.repository.js';

/** A redacted copy whose bytes are stored, while nothing refers to them yet. */
export interface PreparedRedactedFile {
  /** `id` and `size` of the file to be; all of its row. */
  readonly file: NewFileRow;
}

/** No limit but the storage's: a copy may be larger than what was allowed to be sent. */
const LIMIT = Number.MAX_SAFE_INTEGER;

/** Stores redacted copies: whatever is slow about them is done before their transaction. */
@Injectable()
export class RedactedPreparation {
  constructor(
    private readonly intake: FileIntake,
    private readonly rows: FileRows,
    private readonly names: DocumentNames,
    private readonly dataSource: DataSource,
  ) {}

  async prepare(
    document: StoredDocument,
    bytes: Uint8Array | Readable,
    name: string,
    signal: AbortSignal,
  ): Promise<PreparedRedactedFile> {
    const source = bytes instanceof Readable ? bytes : streamOf(bytes);
    const taken = await this.intake.take(document.organizationId, source, LIMIT, signal);
    try {
      const file = await this.rowOf(document, taken, name);
      await this.intake.leave(taken);
      return { file };
    } catch (error) {
      await this.intake.abandon(taken);
      throw error;
    }
  }

  abandon({ file }: PreparedRedactedFile): Promise<void> {
    return this.intake.abandon(file);
  }

  private async rowOf(document: StoredDocument, taken: TakenFile, name: string): Promise<NewFileRow> {
    const row = await this.rows.of(document, 'redacted', taken, new Date());
    const nameSealed = await this.names.sealOfFile(row, cleanFileName(name), this.dataSource.manager);
    return { ...row, nameSealed };
  }
}

/** In pieces, so that sealing never holds the event loop for long. */
function streamOf(bytes: Uint8Array): Readable {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Readable.from(pieces(whole), { objectMode: false });
}

const PIECE = 64 * 1024;

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += PIECE) yield bytes.subarray(start, start + PIECE);
}
