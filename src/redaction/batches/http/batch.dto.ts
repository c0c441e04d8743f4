import { ObjectField, ObjectsField, StringField } from '../../../platform/http/fields.js';
import { ListDto } from '../../../platform/http/listing.js';
import { PageQuery } from '../../../platform/http/paging.js';
import { JOB_STATUSES } from '../../../platform/queue/job.js';
import { BatchResultDto } from '../../http/text-response.dto.js';
import { BatchProgressDto } from './batch-progress.dto.js';

/** A batch worked on in the background. */
export class BatchDto {
  @StringField()
  id: string;

  @StringField()
  job_id: string;

  @StringField({ nullable: true })
  project_id: string | null;

  @StringField()
  created_by: string;

  @StringField({ enum: JOB_STATUSES })
  status: string;

  @ObjectField(() => BatchProgressDto)
  progress: BatchProgressDto;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time', nullable: true })
  finished_at: string | null;

  @StringField({ format: 'date-time' })
  expires_at: string;
}

/** Results come in the order of their documents and no other. */
export class BatchResultsQuery extends PageQuery {
  @StringField({ minLength: 1, maxLength: 1000, optional: true })
  cursor?: string;
}

export class BatchResultListDto extends ListDto {
  @ObjectsField(() => BatchResultDto)
  data: BatchResultDto[];
}
