import {
  DataField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
  TextsField,
} from '../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../platform/http/listing.js';
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

export class JobProgressDto {
  @NumberField({ integer: true, minimum: 0 })
  total: number;

  @NumberField({ integer: true, minimum: 0 })
  completed: number;

  @NumberField({ integer: true, minimum: 0 })
  failed: number;

  /** Items a second. */
  @NumberField({ minimum: 0, nullable: true })
  rate: number | null;

  @NumberField({ integer: true, minimum: 0, nullable: true })
  seconds_left: number | null;
}

export class WorkErrorDto {
  @StringField()
  code: string;

  @StringField()
  message: string;
}

export class JobDto {
  @StringField()
  id: string;

  @StringField()
  type: string;

  @StringField({ enum: JOB_STATUSES })
  status: JobStatus;

  @ObjectField(() => JobProgressDto)
  progress: JobProgressDto;

  @TextsField()
  reference: Record<string, string>;

  @StringField({ nullable: true })
  project_id: string | null;

  @StringField()
  created_by: string;

  @ObjectField(() => WorkErrorDto, { optional: true })
  error?: WorkErrorDto;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time', nullable: true })
  started_at: string | null;

  @StringField({ format: 'date-time', nullable: true })
  finished_at: string | null;

  @StringField({ format: 'date-time' })
  updated_at: string;
}

export class JobListDto extends ListDto {
  @ObjectsField(() => JobDto)
  data: JobDto[];
}
