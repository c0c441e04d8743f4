import {
  AUDIT_RETENTION_ACTIONS,
  type AuditRetentionAction,
} from '../../platform/configs/organization-settings.js';
import { NumberField, ObjectsField, StringField } from '../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../platform/http/listing.js';
import { SEGMENT_STATUSES, type SegmentStatus } from '../segments/segment.js';

const COUNT = { integer: true, minimum: 0 } as const;

export class AuditSegmentQuery extends ListQuery {
  @StringField({ minLength: 1, maxLength: 100, optional: true })
  organization_id?: string;

  @StringField({ enum: SEGMENT_STATUSES, optional: true })
  status?: SegmentStatus;

  @SortField(['created_at'])
  sort?: string;
}

export class AuditSegmentDto {
  @StringField()
  id: string;

  @StringField({ enum: SEGMENT_STATUSES })
  status: SegmentStatus;

  @StringField({ enum: AUDIT_RETENTION_ACTIONS })
  action: AuditRetentionAction;

  @NumberField(COUNT)
  first_leaf: number;

  @NumberField(COUNT)
  last_leaf: number;

  @StringField({ format: 'date-time' })
  oldest_at: string;

  @StringField({ format: 'date-time' })
  newest_at: string;

  @StringField({ format: 'date-time' })
  announced_at: string;

  @StringField({ format: 'date-time', nullable: true })
  taken_at: string | null;

  @NumberField({ ...COUNT, nullable: true })
  size_bytes: number | null;
}

export class AuditSegmentListDto extends ListDto {
  @ObjectsField(() => AuditSegmentDto)
  data: AuditSegmentDto[];
}
