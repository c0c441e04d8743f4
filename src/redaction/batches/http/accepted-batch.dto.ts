import { NumberField, ObjectField, StringField } from '../../../platform/http/fields.js';
import { JOB_STATUSES } from '../../../platform/queue/job.js';
import { BatchProgressDto } from './batch-progress.dto.js';

/** Progress as jobs show it. */
export class AcceptedBatchProgressDto extends BatchProgressDto {
  @NumberField({ minimum: 0, nullable: true })
  rate: number | null;

  @NumberField({ integer: true, minimum: 0, nullable: true })
  seconds_left: number | null;
}

export class AcceptedBatchReferenceDto {
  @StringField()
  batch_id: string;
}

/** The job that works on a batch, as jobs are shown, when the batch is accepted. */
export class AcceptedBatchDto {
  @StringField()
  request_id: string;

  @StringField()
  batch_id: string;

  @StringField()
  id: string;

  @StringField({ enum: ['batch'] })
  type: string;

  @StringField({ enum: JOB_STATUSES })
  status: string;

  @ObjectField(() => AcceptedBatchProgressDto)
  progress: AcceptedBatchProgressDto;

  @ObjectField(() => AcceptedBatchReferenceDto)
  reference: AcceptedBatchReferenceDto;

  @StringField({ nullable: true })
  project_id: string | null;

  @StringField()
  created_by: string;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time', nullable: true })
  started_at: string | null;

  @StringField({ format: 'date-time', nullable: true })
  finished_at: string | null;

  @StringField({ format: 'date-time' })
  updated_at: string;
}
