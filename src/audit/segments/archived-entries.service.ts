import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { OpenError } from '../../crypto/index.js';
import { AppError } from '../../platform/errors/app-error.js';
import { describeError } from '../../platform/errors/describe-error.js';
import { timeOfId } from '../../platform/http/ids.js';
import { ObjectMissing } from '../../platform/storage/storage.errors.js';
import { LOGGER } from '../../platform/telemetry/logger.js';
import { auditSegmentsUnreadable } from '../../platform/telemetry/metrics.js';
import { auditError } from '../audit.errors.js';
import { leafHash } from '../log/merkle-hash.js';
import { type LeafEntry, LogLeavesRepository } from '../proofs/log-leaves.repository.js';
import type { ArchivedSegment } from './segment.js';
import { SegmentArchive } from './segment-archive.service.js';
import { SegmentsRepository } from './segments.repository.js';

/** Fills entries in that were archived, where the leaves of a log are read in their order. */
export type FillArchived = (page: readonly LeafEntry[]) => Promise<readonly LeafEntry[]>;

/** Reads entries that were archived. None passes whose text is not what its leaf is the hash of. */
@Injectable()
export class ArchivedEntries {
  constructor(
    private readonly segments: SegmentsRepository,
    private readonly archive: SegmentArchive,
    private readonly leaves: LogLeavesRepository,
    private readonly dataSource: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * All entries of a segment.
   * @throws AppError AUDIT_SEGMENT_UNREADABLE when the archive is not there or not what it was, STORAGE_UNAVAILABLE
   */
  async read(segment: ArchivedSegment): Promise<LeafEntry[]> {
    const { tree, firstLeaf, leaves } = segment;
    const texts = await this.textsOf(segment);
    const page = await this.leaves.page(tree, false, firstLeaf, firstLeaf + leaves, this.dataSource.manager);
    const entries = page.map(({ leaf, hash }) => entryOf(leaf, hash, texts[leaf - firstLeaf]));
    const isWhole = texts.length === leaves && entries.length === leaves;
    if (isWhole && entries.every(({ entry }) => entry !== null)) return entries;
    throw this.unreadable(segment, new Error('the entries are not those of the log'));
  }

  /**
   * For one reader of a log, who holds one segment in memory at a time. What cannot be read stays a hash without an entry, and is
   * told in the process's log; a store that does not answer ends the reading.
   */
  fillerOf(tree: number): FillArchived {
    let held: { readonly id: string; readonly entries: ReadonlyMap<number, LeafEntry> } | undefined;
    const open = async (segment: ArchivedSegment) => {
      if (held?.id === segment.id) return held.entries;
      held = undefined;
      const entries = await this.read(segment).catch(nothingIfUnreadable);
      held = { id: segment.id, entries: new Map(entries.map((each) => [each.leaf, each])) };
      return held.entries;
    };
    return async (page) => {
      const gone = page.filter(({ entry }) => entry === null);
      const [first, last] = [gone[0], gone.at(-1)];
      if (!first || !last) return page;
      let filled = page;
      for (const segment of await this.segments.archived(
        tree,
        first.leaf,
        last.leaf,
        this.dataSource.manager,
      )) {
        const entries = await open(segment);
        filled = filled.map((each) => (each.entry === null ? (entries.get(each.leaf) ?? each) : each));
      }
      return filled;
    };
  }

  /**
   * An entry by its id, which tells when it was made, and so in which segments it can be.
   * @throws AppError AUDIT_SEGMENT_UNREADABLE when one of these cannot be read, STORAGE_UNAVAILABLE
   */
  async find(id: string, organizationId: string, tree: number): Promise<LeafEntry | undefined> {
    const madeAt = timeOfId('audit', id);
    if (!madeAt) return undefined;
    const db = this.dataSource.manager;
    for (const segment of await this.segments.archivedAround(madeAt, organizationId, tree, db)) {
      const found = (await this.read(segment)).find(({ entry }) => entry && 'id' in entry && entry.id === id);
      if (found) return found;
    }
    return undefined;
  }

  private async textsOf(segment: ArchivedSegment): Promise<string[]> {
    try {
      return await this.archive.read(segment);
    } catch (error) {
      if (error instanceof OpenError || error instanceof ObjectMissing) throw this.unreadable(segment, error);
      throw error;
    }
  }

  private unreadable({ id: segmentId }: ArchivedSegment, cause: unknown): Error {
    const message = 'an archived segment of an audit log cannot be read';
    this.logger.error({ message, segmentId, err: describeError(cause) });
    auditSegmentsUnreadable.inc();
    return auditError('AUDIT_SEGMENT_UNREADABLE', { cause });
  }
}

const entryOf = (leaf: number, hash: Buffer, text: string | undefined): LeafEntry => ({
  leaf,
  hash,
  entry: text !== undefined && leafHash(text).equals(hash) ? JSON.parse(text) : null,
});

/** @throws what is no fault of the archive */
function nothingIfUnreadable(error: unknown): LeafEntry[] {
  if (error instanceof AppError && error.code === 'AUDIT_SEGMENT_UNREADABLE') return [];
  throw error;
}
