import { NumberField, ObjectField, ObjectsField, StringField } from '../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../platform/http/listing.js';
import { WorkErrorDto } from '../../platform/queue/http/job.dto.js';
import { JOB_STATUSES, type JobStatus } from '../../platform/queue/job.js';

/** The tasks of one job. */
export class JobTaskQuery extends ListQuery {
  @StringField({ enum: JOB_STATUSES, optional: true })
  status?: JobStatus;

  @SortField(['created_at', 'updated_at'])
  sort?: string;
}

export class TaskQuery extends JobTaskQuery {
  @StringField({ maxLength: 100, optional: true })
  type?: string;

  @StringField({ maxLength: 100, optional: true })
  job_id?: string;
}

export class TaskDto {
  @StringField()
  id: string;

  @StringField()
  job_id: string;

  @StringField()
  type: string;

  @NumberField({ integer: true, minimum: 0 })
  position: number;

  @StringField({ enum: JOB_STATUSES })
  status: JobStatus;

  @NumberField({ integer: true, minimum: 0 })
  items: number;

  @NumberField({ integer: true, minimum: 0 })
  items_failed: number;

  @NumberField({ integer: true, minimum: 0 })
  attempts: number;

  @NumberField({ integer: true, minimum: 1 })
  max_attempts: number;

  @ObjectField(() => WorkErrorDto, { optional: true })
  error?: WorkErrorDto;

  /** Not before this the next attempt begins. */
  @StringField({ format: 'date-time' })
  run_after: string;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time', nullable: true })
  started_at: string | null;

  @StringField({ format: 'date-time', nullable: true })
  finished_at: string | null;

  @StringField({ format: 'date-time' })
  updated_at: string;
}

export class TaskListDto extends ListDto {
  @ObjectsField(() => TaskDto)
  data: TaskDto[];
}
