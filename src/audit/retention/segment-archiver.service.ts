import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { LooseObjects } from '../../platform/storage/loose-objects.service.js';
import { newObjectKey } from '../../platform/storage/object-store.js';
import { entryText } from '../log/log-entry.js';
import { leafHash } from '../log/merkle-hash.js';
import { LogLeavesRepository } from '../proofs/log-leaves.repository.js';
import type { Segment, StoredArchive } from '../segments/segment.js';
import { SegmentArchive } from '../segments/segment-archive.service.js';
import { DueSegmentsRepository } from './due-segments.repository.js';

/** Entries are not what their hashes were made of: they stay where they are, so that it shows. */
export class EntriesChanged extends Error {
  override readonly name = 'EntriesChanged';

  constructor() {
    super('entries of an audit log were changed: they stay');
  }
}

/** Another leader took the segment meanwhile. */
class TakenMeanwhile extends Error {
  override readonly name = 'TakenMeanwhile';
}

/** An entry as it is archived, and the hash that the log has of it. */
interface HashedText {
  readonly text: string;
  readonly hash: Buffer;
}

/**
 * Moves entries of segments from the database into the archive. The object is loose until the transaction that takes the rows out
 * claims it, and by then it is durable, was read back, and held against the log: so at any moment entries are in one place or the
 * other, and an object is either the archive of a segment or swept.
 */
@Injectable()
export class SegmentArchiver {
  constructor(
    private readonly segments: DueSegmentsRepository,
    private readonly leaves: LogLeavesRepository,
    private readonly archive: SegmentArchive,
    private readonly loose: LooseObjects,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Does nothing for a segment that was taken meanwhile.
   * @throws EntriesChanged; AppError STORAGE_FULL, STORAGE_UNAVAILABLE; Error for an archive that is not what was put there
   */
  async move(segment: Segment, signal: AbortSignal): Promise<void> {
    const entries = await this.entriesOf(segment);
    if (!entries) return;
    const objectKey = newObjectKey();
    const held = await this.loose.register(objectKey);
    try {
      const archive = await this.put(segment, objectKey, entries, AbortSignal.any([signal, held]));
      signal.throwIfAborted();
      await this.unitOfWork.run((tx) => this.take(segment, archive, tx));
    } catch (error) {
      await this.loose.abandon(objectKey);
      if (!(error instanceof TakenMeanwhile)) throw error;
    }
  }

  /** Undefined when they were taken meanwhile. @throws EntriesChanged unless all are there as they were hashed */
  private async entriesOf(segment: Segment): Promise<HashedText[] | undefined> {
    const { tree, firstLeaf, leaves } = segment;
    const page = await this.unitOfWork.run((tx) =>
      this.leaves.page(tree, false, firstLeaf, firstLeaf + leaves, tx),
    );
    const entries = page.flatMap(({ entry, hash }) => (entry ? [{ text: entryText(entry), hash }] : []));
    if (entries.length === leaves && entries.every(isAsHashed)) return entries;
    if (await this.unitOfWork.run((tx) => this.segments.isTaken(segment, tx))) return undefined;
    throw new EntriesChanged();
  }

  private async put(
    segment: Segment,
    objectKey: string,
    entries: readonly HashedText[],
    signal: AbortSignal,
  ): Promise<StoredArchive> {
    const texts = entries.map(({ text }) => text);
    const stored = { objectKey, sizeBytes: await this.archive.put(segment, objectKey, texts, signal) };
    const read = await this.archive.read({ ...segment, ...stored });
    const isWhole = read.length === entries.length;
    if (!isWhole || !entries.every(({ hash }, at) => leafHash(read[at] ?? '').equals(hash)))
      throw new Error('an archived segment is not what was put there');
    return stored;
  }

  private async take(segment: Segment, archive: StoredArchive, tx: Tx): Promise<void> {
    await this.loose.claim(archive.objectKey, tx);
    if (!(await this.segments.take(segment, archive, tx))) throw new TakenMeanwhile();
  }
}

const isAsHashed = ({ text, hash }: HashedText): boolean => leafHash(text).equals(hash);
