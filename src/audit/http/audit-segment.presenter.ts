import type { SegmentRecord } from '../segments/segment.js';
import type { AuditSegmentDto } from './audit-segment.dto.js';

export const presentSegment = (segment: SegmentRecord): AuditSegmentDto => ({
  id: segment.id,
  status: segment.status,
  action: segment.action,
  first_leaf: segment.firstLeaf,
  last_leaf: segment.firstLeaf + segment.leaves - 1,
  oldest_at: segment.oldestAt.toISOString(),
  newest_at: segment.newestAt.toISOString(),
  announced_at: segment.announcedAt.toISOString(),
  taken_at: segment.takenAt?.toISOString() ?? null,
  size_bytes: segment.sizeBytes,
});
