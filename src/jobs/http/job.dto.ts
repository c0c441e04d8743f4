import { DataField, ObjectsField, StringField } from '../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../platform/http/listing.js';
import { JobDto } from '../../platform/queue/http/job.dto.js';
import { JOB_STATUSES, type JobStatus } from '../../platform/queue/job.js';

export class CreateJobDto {
  @StringField({ minLength: 1, maxLength: 100 })
  type: string;

  @DataField()
  input: unknown;

  @StringField({ minLength: 1, maxLength: 100, optional: true })
  processor_id?: string;
}

export class JobQuery extends ListQuery {
  @StringField({ enum: JOB_STATUSES, optional: true })
  status?: JobStatus;

  @StringField({ maxLength: 100, optional: true })
  type?: string;

  @SortField(['created_at', 'updated_at'])
  sort?: string;
}

export class JobListDto extends ListDto {
  @ObjectsField(() => JobDto)
  data: JobDto[];
}
