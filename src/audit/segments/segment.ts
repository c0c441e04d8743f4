import type { AuditRetentionAction } from '../../platform/configs/organization-settings.js';

/** Leaves of a tile: segments are whole ones, which have a node of their own. */
export const TILE = 256;
/** Tiles of a segment at most: what one transaction takes out, and what is held in memory of an archive. */
export const MOST_TILES = 16;

/** A part of a log, of whole tiles. */
export interface Segment {
  readonly id: string;
  readonly organizationId: string;
  readonly tree: number;
  readonly firstLeaf: number;
  readonly leaves: number;
  /** What was announced to become of its entries. */
  readonly action: AuditRetentionAction;
}

/** Its entries are in the log still, in the archive, or nowhere. */
export const SEGMENT_STATUSES = ['announced', 'archived', 'deleted'] as const;
export type SegmentStatus = (typeof SEGMENT_STATUSES)[number];

/** Where the entries of a segment lie. */
export interface StoredArchive {
  readonly objectKey: string;
  /** As it is stored, in bytes. */
  readonly sizeBytes: number;
}

/** A segment whose entries lie in the object store. */
export type ArchivedSegment = Segment & StoredArchive;

/** A segment with what is known of it. */
export interface SegmentRecord extends Segment {
  readonly status: SegmentStatus;
  readonly oldestAt: Date;
  readonly newestAt: Date;
  readonly announcedAt: Date;
  readonly takenAt: Date | null;
  readonly objectKey: string | null;
  readonly sizeBytes: number | null;
}
