import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { InstanceSealing, OpenError } from '../../crypto/index.js';
import { ObjectStore } from '../../platform/storage/object-store.js';
import type { ArchivedSegment, Segment } from './segment.js';
import { packTexts, unpackTexts } from './segment-texts.js';

/** Of what is stored: a later one would have another number, and old archives keep theirs. */
const FORM = 1;

/** An archive opens as that of its organization, segment and leaves, and as no other. */
const placeOf = ({ id, organizationId, firstLeaf, leaves }: Segment) => ({
  table: 'audit_segments',
  id: `${organizationId}/${id}/${firstLeaf}/${leaves}`,
  version: FORM,
});

/**
 * Entries of segments as objects: a text a line, compressed and sealed as one value. The key is the instance's, since the log of an
 * organization outlives its keys.
 */
@Injectable()
export class SegmentArchive {
  constructor(
    private readonly store: ObjectStore,
    private readonly sealer: InstanceSealing.InstanceSealer,
    private readonly dataSource: DataSource,
  ) {}

  /** @returns the bytes stored. @throws AppError STORAGE_FULL, STORAGE_UNAVAILABLE; the signal's reason */
  async put(
    segment: Segment,
    objectKey: string,
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<number> {
    const packed = await packTexts(texts);
    const sealed = await this.sealer.seal(placeOf(segment), packed, this.dataSource.manager);
    const { size } = await this.store.put(objectKey, Readable.from([sealed], { objectMode: false }), signal);
    return size;
  }

  /**
   * The texts as they were put there.
   * @throws OpenError for bytes that are not those, or another segment's; ObjectMissing; AppError STORAGE_UNAVAILABLE
   */
  async read(segment: ArchivedSegment): Promise<string[]> {
    const sealed = await this.bytesOf(segment);
    return unpackTexts(await this.sealer.open(placeOf(segment), sealed, this.dataSource.manager));
  }

  /** No more than there should be, whatever lies there. */
  private async bytesOf({ objectKey, sizeBytes }: ArchivedSegment): Promise<Buffer> {
    const pieces: Buffer[] = [];
    let size = 0;
    for await (const piece of await this.store.get(objectKey)) {
      pieces.push(piece);
      size += piece.length;
      if (size > sizeBytes) throw new OpenError();
    }
    return Buffer.concat(pieces);
  }
}
